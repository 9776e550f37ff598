using System.Text.Json;

namespace Fairlead.Inference.Rest;

internal static class NameFinder
{
    /// <summary>The tensor that the string at the reader names, or -1. Looks first where a client that keeps the signature's order would be.</summary>
    public static int Find(ref Utf8JsonReader reader, TensorCodec[] tensors, int expected)
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            var candidate = (expected + i) % tensors.Length;
            if (reader.ValueTextEquals(tensors[candidate].Name))
                return candidate;
        }

        return -1;
    }
}
