using System.Buffers;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Load.Inputs;

namespace Fairlead.Load.Sending.Http;

/// <summary>Writes a request of the Open Inference Protocol as JSON.</summary>
internal static class InferJson
{
    public static byte[] Write(InputBatch batch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("inputs"u8);
        foreach (var tensor in batch.Tensors)
            WriteTensor(json, tensor);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, InputTensor tensor)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, tensor.Name);
        json.WriteString("datatype"u8, tensor.Type.WireName());
        json.WriteStartArray("shape"u8);
        foreach (var dimension in tensor.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data"u8);
        foreach (var element in tensor.Elements)
            WriteElement(json, element);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteElement(Utf8JsonWriter json, object element)
    {
        switch (element)
        {
            case bool flag: json.WriteBooleanValue(flag); break;
            case long number: json.WriteNumberValue(number); break;
            case ulong number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case string text: json.WriteStringValue(text); break;
            default: throw new InvalidOperationException($"An element is of type '{element.GetType()}'.");
        }
    }
}
