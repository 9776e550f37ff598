using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Domain.Models;

namespace Fairlead.Inference.Rest;

/// <summary>Writes a model's metadata as the Open Inference Protocol has it.</summary>
public static class ModelMetadataWriter
{
    private const string Platform = "onnxruntime_onnx";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="versions">Those that answer now.</param>
    public static void Write(IBufferWriter<byte> target, string model, IReadOnlyList<string> versions, Signature signature)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("name"u8, model);
        json.WriteStartArray("versions"u8);
        foreach (var version in versions)
            json.WriteStringValue(version);
        json.WriteEndArray();
        json.WriteString("platform"u8, Platform);
        WriteTensors(json, "inputs", signature.Inputs);
        WriteTensors(json, "outputs", signature.Outputs);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, string role, IReadOnlyList<TensorSpec> tensors)
    {
        json.WriteStartArray(role);
        foreach (var tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tensor.Name);
            json.WriteString("datatype"u8, tensor.Type.WireName());
            json.WriteStartArray("shape"u8);
            foreach (var dimension in tensor.Shape)
                json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
