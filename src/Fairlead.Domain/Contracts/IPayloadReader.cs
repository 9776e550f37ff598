using System.Buffers;

namespace Fairlead.Domain.Contracts;

/// <summary>Reads the gRPC messages of one contract.</summary>
public interface IPayloadReader
{
    /// <summary>Full names of the services that the contract's file declares, or imports publicly, in order of declaration.</summary>
    IReadOnlyList<string> Services { get; }

    /// <summary>The methods of <see cref="Services"/>, in order of declaration.</summary>
    IReadOnlyList<ContractMethod> Methods { get; }

    /// <param name="path">As in a gRPC request: <c>/briefing.Briefings/Write</c>.</param>
    /// <returns>Null when the contract has no such method.</returns>
    ContractMethod? FindMethod(ReadOnlySpan<char> path);

    /// <summary>
    /// Writes one message as the JSON form that Protocol Buffers define, in UTF-8, with only the fields that are on the wire. Where that form
    /// knows no answer, the log still gets one: text that is not UTF-8 with replacement characters, NaN in a Value as text, a time stamp,
    /// duration or field mask out of range as a plain object, an Any of unknown or damaged content with its bytes in base64.
    /// </summary>
    /// <param name="path">Of the method.</param>
    /// <param name="isRequest">False for a response.</param>
    /// <param name="message">The message's bytes, uncompressed, without the five bytes of gRPC's frame.</param>
    /// <param name="json">Untouched unless the outcome is <see cref="PayloadOutcome.Written"/>.</param>
    PayloadReading WriteJson(ReadOnlySpan<char> path, bool isRequest, ReadOnlySpan<byte> message, IBufferWriter<byte> json);
}
