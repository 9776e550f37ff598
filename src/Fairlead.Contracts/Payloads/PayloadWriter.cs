using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Problems;

namespace Fairlead.Contracts.Payloads;

/// <summary>Writes the messages of one contract; immutable.</summary>
internal sealed class PayloadWriter : IPayloadWriter
{
    // As deep as the reader's JSON may be; a name that stands twice could mean either value.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4 * WireReader.MaximumDepth, AllowDuplicateProperties = false };
    private readonly ContractSchema schema;
    private readonly int maximumBytes;
    private readonly FrozenDictionary<string, MethodSchema>.AlternateLookup<ReadOnlySpan<char>> methods;

    public PayloadWriter(ContractSchema schema, int maximumBytes)
    {
        this.schema = schema;
        this.maximumBytes = maximumBytes;
        methods = schema.Services.SelectMany(service => service.Methods)
            .ToFrozenDictionary(method => method.Method.Path, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public ContractMethod? FindMethod(ReadOnlySpan<char> path) => methods.TryGetValue(path, out var method) ? method.Method : null;

    public void WriteMessage(ReadOnlySpan<char> path, bool isRequest, ReadOnlySpan<byte> json, IBufferWriter<byte> message)
    {
        if (!methods.TryGetValue(path, out var method))
            throw FairleadException.Invalid($"The contract has no method '{path}'; call one that it declares.");
        var type = isRequest ? method.Request : method.Response;
        if (json.Length > maximumBytes)
            throw FairleadException.Invalid($"The JSON of a '{type.FullName}' has {json.Length} bytes, and {maximumBytes} are the limit.");
        if (json.IsEmpty)
            return;
        using var wire = new WireWriter();
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Options);
            new MessageWire(schema, wire, maximumBytes).WriteRoot(type, document.RootElement);
        }
        catch (JsonException e)
        {
            throw FairleadException.Invalid($"The JSON of a '{type.FullName}' cannot be read: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, escaped: JSON has it, and no text in UTF-8 does.
            throw FairleadException.Invalid($"The JSON of a '{type.FullName}' holds text that is no Unicode: {e.Message}");
        }

        message.Write(wire.Written);
    }
}
