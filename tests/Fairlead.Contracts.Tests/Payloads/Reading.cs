using System.Buffers;
using System.Text;
using Fairlead.Contracts.Payloads;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Tests.Payloads;

/// <summary>One message read.</summary>
internal sealed record Reading(PayloadReading Outcome, string Json)
{
    public const string RichMethod = "/rich.Riches/Ask";

    public static async Task<IPayloadReader> RichReaderAsync(int maximumBytes = PayloadReaders.DefaultMaximumBytes) => new PayloadReaders(maximumBytes).Open(await Contract.Rich);

    /// <param name="proto">As <see cref="Contract.CompileAsync"/> takes it; the method is <c>/p.S/Do</c>.</param>
    public static async Task<Reading> OfAsync(string proto, params byte[] bytes) => Of(new PayloadReaders().Open(await Contract.CompileAsync(proto)), bytes, "/p.S/Do");

    public static Reading Of(IPayloadReader reader, ReadOnlySpan<byte> bytes, string method = RichMethod, bool isRequest = true)
    {
        var json = new ArrayBufferWriter<byte>();
        var outcome = reader.WriteJson(method, isRequest, bytes, json);
        Assert.True(outcome.IsWritten || json.WrittenCount == 0);
        return new Reading(outcome, Encoding.UTF8.GetString(json.WrittenSpan));
    }
}
