using System.Text.Json;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

internal static class ShapeReader
{
    /// <summary>Reads a list of dimensions; the reader stands at its value.</summary>
    /// <param name="tensor">For messages; null before the name was read.</param>
    public static void Read(ref Utf8JsonReader reader, TensorShape shape, TensorCodec? tensor)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw JsonRefusal.Member(ref reader, Refusal.Input(tensor), "shape", "an array of whole numbers");
        shape.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var dimension) || dimension < 0)
                throw JsonRefusal.Member(ref reader, Refusal.Input(tensor), "shape", "dimensions that are whole numbers from 0");
            shape.Add(dimension, tensor);
        }
    }
}
