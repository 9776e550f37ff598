using System.Buffers;
using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Client;

/// <summary>Writes an Open Inference Protocol request of one row from a plain object with a member for each input.</summary>
internal static class InferBody
{
    /// <exception cref="FairleadException">Invalid when the object has a member that is no input.</exception>
    public static void RefuseUnknown(string service, ModelMetadata metadata, JsonElement input)
    {
        var known = metadata.Inputs.Select(tensor => tensor.Name).ToList();
        foreach (var member in input.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw FairleadException.Invalid($"'{service}' has no input '{member.Name}'; {NearestName.Hint(member.Name, known)}.");
        }
    }

    /// <summary>The request's JSON; every variable dimension is 1. Members that are no inputs are left out.</summary>
    /// <exception cref="FairleadException">Invalid when an input is missing.</exception>
    public static byte[] Write(string service, ModelMetadata metadata, JsonElement input)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("inputs");
        foreach (var tensor in metadata.Inputs)
            WriteInput(writer, service, tensor, input);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInput(Utf8JsonWriter writer, string service, TensorMetadata tensor, JsonElement input)
    {
        if (!input.TryGetProperty(tensor.Name, out var value))
            throw FairleadException.Invalid($"The input '{tensor.Name}' ({tensor.Datatype}) of '{service}' is missing.");
        writer.WriteStartObject();
        writer.WriteString("name", tensor.Name);
        writer.WriteString("datatype", tensor.Datatype);
        writer.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
            writer.WriteNumberValue(dimension < 0 ? 1 : dimension);
        writer.WriteEndArray();
        writer.WritePropertyName("data");
        if (value.ValueKind != JsonValueKind.Array)
            writer.WriteStartArray();
        value.WriteTo(writer);
        if (value.ValueKind != JsonValueKind.Array)
            writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
