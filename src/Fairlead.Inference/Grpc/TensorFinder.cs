namespace Fairlead.Inference.Grpc;

internal static class TensorFinder
{
    /// <summary>The tensor of that name, or -1. Looks first where a client that keeps the signature's order would be.</summary>
    public static int Find(ReadOnlySpan<byte> name, TensorCodec[] tensors, int expected)
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            var candidate = (expected + i) % tensors.Length;
            if (name.SequenceEqual(tensors[candidate].Name))
                return candidate;
        }

        return -1;
    }
}
