using System.Runtime.InteropServices;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Shadows;

/// <summary>
/// Compares the tensors of two answers by name. Floats agree within a tolerance, everything else bit by bit. What the
/// shadow answers beyond the live one's outputs counts for nothing: no client has asked for it yet.
/// </summary>
internal static class TensorComparison
{
    /// <summary>Largest absolute difference, inclusive, within which floats agree.</summary>
    public const double Tolerance = 1e-6;

    /// <param name="live">A block in the order of the live signature's outputs.</param>
    /// <param name="shadow">A block in the order of the shadow's.</param>
    /// <exception cref="InvalidDataException">A block is cut short.</exception>
    public static Comparison Of(ReadOnlySpan<byte> live, Signature liveSignature, ReadOnlySpan<byte> shadow, Signature shadowSignature)
    {
        var agrees = true;
        double? largest = null;
        foreach (var output in liveSignature.Outputs)
        {
            if (!TensorBlock.TryRead(ref live, out var tensor))
                break;
            var isThere = TryFind(shadow, shadowSignature.Outputs, output.Name, out var other);
            var isAlike = isThere && other.Type == tensor.Type && other.Dimensions.SequenceEqual(tensor.Dimensions) && other.Data.Length == tensor.Data.Length;
            if (IsFloat(tensor.Type))
            {
                largest = Math.Max(largest ?? 0, isAlike ? Largest(tensor, other) : double.PositiveInfinity);
                agrees &= largest <= Tolerance;
            }
            else
            {
                agrees &= isAlike && tensor.Data.SequenceEqual(other.Data);
            }
        }

        return new Comparison(agrees, largest);
    }

    /// <summary>Finds a tensor of a block by its name.</summary>
    public static bool TryFind(ReadOnlySpan<byte> block, IReadOnlyList<TensorSpec> specs, string name, out TensorView tensor)
    {
        foreach (var spec in specs)
        {
            if (!TensorBlock.TryRead(ref block, out tensor))
                return false;
            if (spec.Name == name)
                return true;
        }

        tensor = default;
        return false;
    }

    private static bool IsFloat(TensorType type) => type is TensorType.Float32 or TensorType.Float64 or TensorType.Float16 or TensorType.BFloat16;

    private static double Largest(in TensorView live, in TensorView shadow)
    {
        if (live.Data.SequenceEqual(shadow.Data))
            return 0;
        var size = live.Type switch
        {
            TensorType.Float32 => sizeof(float),
            TensorType.Float64 => sizeof(double),
            _ => sizeof(ushort),
        };
        var largest = 0.0;
        for (var at = 0; at + size <= live.Data.Length; at += size)
            largest = Math.Max(largest, Between(Read(live.Type, live.Data[at..]), Read(shadow.Type, shadow.Data[at..])));
        return largest;
    }

    private static double Between(double live, double shadow)
    {
        if (live.Equals(shadow))
            return 0;
        var difference = Math.Abs(live - shadow);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static double Read(TensorType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TensorType.Float32 => MemoryMarshal.Read<float>(bytes),
        TensorType.Float64 => MemoryMarshal.Read<double>(bytes),
        TensorType.Float16 => (double)MemoryMarshal.Read<Half>(bytes),
        _ => BitConverter.UInt32BitsToSingle((uint)MemoryMarshal.Read<ushort>(bytes) << 16),
    };
}
