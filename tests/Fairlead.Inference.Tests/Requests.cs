using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Tests.Grpc;
using Google.Protobuf;

namespace Fairlead.Inference.Tests;

/// <summary>Random tensors as a client would send them, in every form of the protocol, written with other libraries than the host's.</summary>
internal static class Requests
{
    /// <summary>As JSON, with some inputs or all in the raw form after it.</summary>
    public static (byte[] Body, int HeaderLength) Rest(RandomTensors tensors, bool allBinary)
    {
        var tail = new List<byte>();
        var inputs = new JsonArray();
        foreach (var i in tensors.Order())
        {
            var (type, shape, data) = tensors.Tensors[i];
            var input = new JsonObject
            {
                ["name"] = tensors.Signature.Inputs[i].Name,
                ["shape"] = new JsonArray([.. shape.Select(size => JsonValue.Create(size))]),
                ["datatype"] = type.WireName(),
            };
            if (allBinary || type is TensorType.Float16 or TensorType.BFloat16 || tensors.Coin())
            {
                input["parameters"] = new JsonObject { ["binary_data_size"] = data.Length };
                tail.AddRange(data);
            }
            else
            {
                var elements = Elements(type, data);
                input["data"] = tensors.Coin() && shape.Length > 0 ? Nest(elements, shape) : new JsonArray([.. elements]);
            }

            inputs.Add(input);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = "7", ["inputs"] = inputs });
        return ([.. json, .. tail], json.Length);
    }

    /// <summary>As a message, raw or typed; typed only what has a type there.</summary>
    public static byte[] Grpc(RandomTensors tensors, bool isRaw)
    {
        var message = new ModelInferRequest { ModelName = "m", Id = "7" };
        foreach (var i in tensors.Order())
        {
            var (type, shape, data) = tensors.Tensors[i];
            var input = Messages.Input(tensors.Signature.Inputs[i].Name, type.WireName(), shape);
            if (isRaw)
                message.RawInputContents.Add(ByteString.CopyFrom(data));
            else
                input.Contents = TypedContents.Of(type, data);
            message.Inputs.Add(input);
        }

        return message.ToByteArray();
    }

    public static bool CanBeTyped(RandomTensors tensors) => tensors.Tensors.All(tensor => tensor.Type is not (TensorType.Float16 or TensorType.BFloat16));

    private static JsonNode[] Elements(TensorType type, byte[] data)
    {
        var typed = type == TensorType.Bytes ? null : TypedContents.Of(type, data);
        return type switch
        {
            TensorType.Bytes => [.. TypedContents.Strings(data).Select(text => JsonValue.Create(Encoding.UTF8.GetString(text))!)],
            TensorType.Bool => [.. typed!.BoolContents.Select(value => JsonValue.Create(value))],
            TensorType.Float32 => [.. typed!.Fp32Contents.Select(value => JsonValue.Create(value))],
            TensorType.Float64 => [.. typed!.Fp64Contents.Select(value => JsonValue.Create(value))],
            _ => [.. typed!.IntContents.Select(value => JsonValue.Create(value)), .. typed.UintContents.Select(value => JsonValue.Create(value)), .. typed.Int64Contents.Select(value => JsonValue.Create(value)), .. typed.Uint64Contents.Select(value => JsonValue.Create(value))],
        };
    }

    private static JsonArray Nest(ReadOnlySpan<JsonNode> elements, ReadOnlySpan<long> shape)
    {
        if (shape.Length == 1)
            return new JsonArray(elements.ToArray());
        var list = new JsonArray();
        var size = shape[0] == 0 ? 0 : elements.Length / (int)shape[0];
        for (var i = 0; i < shape[0]; i++)
            list.Add((JsonNode)Nest(elements.Slice(i * size, size), shape[1..]));
        return list;
    }
}
