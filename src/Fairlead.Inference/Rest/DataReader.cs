using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads a tensor's elements from JSON, flat or nested as its shape.</summary>
internal static class DataReader
{
    private const long Unknown = -1;

    /// <summary>Appends the elements' raw form; the reader stands at the value of <c>data</c>.</summary>
    /// <param name="nested">Gets the dimensions that the nesting has, -1 each when the data is flat; as long as the tensor's rank.</param>
    /// <returns>Elements read.</returns>
    public static int Read(ref Utf8JsonReader reader, TensorCodec tensor, GrowableBuffer target, Span<long> nested)
    {
        nested.Fill(Unknown);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw JsonRefusal.Member(ref reader, Refusal.Input(tensor), "data", "a list");
        if (tensor.Spec.Type is TensorType.Float16 or TensorType.BFloat16)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} is {tensor.Spec.Type.WireName()}, which the protocol cannot carry in JSON; send it as binary data, with 'binary_data_size' among its parameters.");
        var elements = 0;
        var inner = reader;
        if (inner.Read() && inner.TokenType == JsonTokenType.StartArray)
            ReadNested(ref reader, tensor, target, nested, 0, ref elements);
        else
            ReadFlat(ref reader, tensor, target, ref elements);
        return elements;
    }

    private static void ReadFlat(ref Utf8JsonReader reader, TensorCodec tensor, GrowableBuffer target, ref int elements)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ElementReader.Read(ref reader, tensor, target, elements++);
    }

    private static void ReadNested(ref Utf8JsonReader reader, TensorCodec tensor, GrowableBuffer target, Span<long> nested, int depth, ref int elements)
    {
        if (depth == nested.Length)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has 'data' nested more than {nested.Length} deep at byte {reader.TokenStartIndex}; nest it as its shape, or send it flat.");
        var count = 0L;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            if (depth == nested.Length - 1)
                ElementReader.Read(ref reader, tensor, target, elements++);
            else if (reader.TokenType == JsonTokenType.StartArray)
                ReadNested(ref reader, tensor, target, nested, depth + 1, ref elements);
            else
                throw JsonRefusal.Member(ref reader, Refusal.Input(tensor), "data", $"a list, since its data is nested {nested.Length} deep");
        }

        if (nested[depth] == Unknown)
            nested[depth] = count;
        else if (nested[depth] != count)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has ragged 'data': lists of {nested[depth]} and of {count} at byte {reader.TokenStartIndex}.");
    }
}
