using System.Buffers;

namespace Fairlead.Domain.Contracts;

/// <summary>Writes the gRPC messages of one contract from their JSON: the way back from <see cref="IPayloadReader"/>.</summary>
public interface IPayloadWriter
{
    /// <param name="path">As in a gRPC request: <c>/briefing.Briefings/Write</c>.</param>
    /// <returns>Null when the contract has no such method.</returns>
    ContractMethod? FindMethod(ReadOnlySpan<char> path);

    /// <summary>
    /// Writes one message from the JSON form that Protocol Buffers define, or from what <see cref="IPayloadReader.WriteJson"/> writes where that form
    /// knows no answer. Fields are known by their JSON name or the declared one. What a message reserves by name is left out, as a
    /// program that no longer knows the field would read over it; any other unknown member is refused.
    /// </summary>
    /// <param name="path">Of the method.</param>
    /// <param name="isRequest">False for a response.</param>
    /// <param name="json">In UTF-8; nothing at all stands for a message without fields.</param>
    /// <param name="message">Gets the message's bytes, without gRPC's frame; untouched when it fails.</param>
    /// <exception cref="Problems.FairleadException">Invalid: no such method, no JSON, or a value that does not fit its field; the message names the field.</exception>
    void WriteMessage(ReadOnlySpan<char> path, bool isRequest, ReadOnlySpan<byte> json, IBufferWriter<byte> message);
}
