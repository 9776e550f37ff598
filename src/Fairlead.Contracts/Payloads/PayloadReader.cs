using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Payloads;

/// <summary>Reads the messages of one contract; immutable.</summary>
internal sealed class PayloadReader : IPayloadReader
{
    private readonly ContractSchema schema;
    private readonly int maximumBytes;
    private readonly FrozenDictionary<string, MethodSchema>.AlternateLookup<ReadOnlySpan<char>> methods;

    public PayloadReader(ContractSchema schema, int maximumBytes)
    {
        this.schema = schema;
        this.maximumBytes = maximumBytes;
        var all = schema.Services.SelectMany(service => service.Methods).ToList();
        Services = [.. schema.Services.Select(service => service.FullName)];
        Methods = [.. all.Select(method => method.Method)];
        methods = all.ToFrozenDictionary(method => method.Method.Path, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    // Validation is for writers that make mistakes; a depth of 100 messages is at most 300 of objects and arrays.
    public static JsonWriterOptions JsonOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 4 * WireReader.MaximumDepth };

    public IReadOnlyList<string> Services { get; }

    public IReadOnlyList<ContractMethod> Methods { get; }

    public ContractMethod? FindMethod(ReadOnlySpan<char> path) => methods.TryGetValue(path, out var method) ? method.Method : null;

    public PayloadReading WriteJson(ReadOnlySpan<char> path, bool isRequest, ReadOnlySpan<byte> message, IBufferWriter<byte> json)
    {
        if (!methods.TryGetValue(path, out var method))
            return new PayloadReading(PayloadOutcome.UnknownMethod, 0);
        if (message.Length > maximumBytes)
            return new PayloadReading(PayloadOutcome.TooLarge, 0);
        // Aside, so that the caller's buffer holds a whole document or nothing.
        var aside = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(aside, JsonOptions);
        var messages = new MessageJson(schema, writer, maximumBytes);
        var outcome = messages.Write(isRequest ? method.Request : method.Response, message, depth: 1);
        writer.Flush();
        if (outcome == PayloadOutcome.Written && aside.WrittenCount > maximumBytes)
            outcome = PayloadOutcome.TooLarge;
        if (outcome == PayloadOutcome.Written)
            json.Write(aside.WrittenSpan);
        return new PayloadReading(outcome, messages.UnknownFields);
    }
}
