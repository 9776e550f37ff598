using System.Globalization;

namespace Fairlead.Replay.Verification;

/// <summary>Compares values by their bits. One NaN is as good as another: engines do not promise which.</summary>
internal static class BitComparison
{
    /// <summary>Differences of a prediction that are told.</summary>
    public const int Most = 100;

    /// <summary>Adds what differs between two values of one output.</summary>
    public static void Compare(string output, object? recorded, object? replayed, List<OutputDifference> differences)
    {
        if (recorded is not object?[] left || replayed is not object?[] right)
            CompareElements(output, null, recorded, replayed, differences);
        else if (left.Length != right.Length)
            Add(differences, new OutputDifference(output, null, $"{left.Length} elements", $"{right.Length} elements", null));
        else
        {
            for (var i = 0; i < left.Length; i++)
                CompareElements(output, i, left[i], right[i], differences);
        }
    }

    private static void CompareElements(string output, int? element, object? recorded, object? replayed, List<OutputDifference> differences)
    {
        var ulps = (recorded, replayed) switch
        {
            (float a, float b) => Distance(a, b),
            (double a, double b) => Distance(a, b),
            _ => Equals(recorded, replayed) ? 0 : null,
        };
        if (ulps != 0)
            Add(differences, new OutputDifference(output, element, Text(recorded), Text(replayed), ulps));
    }

    private static void Add(List<OutputDifference> differences, OutputDifference difference)
    {
        if (differences.Count < Most)
            differences.Add(difference);
    }

    private static long? Distance(float a, float b)
    {
        if (BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b)))
            return 0;
        return float.IsFinite(a) && float.IsFinite(b) ? Math.Max(1, Math.Abs((long)Order(a) - Order(b))) : null;
    }

    private static long? Distance(double a, double b)
    {
        if (BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b)))
            return 0;
        if (!double.IsFinite(a) || !double.IsFinite(b))
            return null;
        var distance = Int128.Abs((Int128)Order(a) - Order(b));
        return distance > long.MaxValue ? long.MaxValue : Math.Max(1, (long)distance);
    }

    // The bits of negative numbers fall as the numbers rise.
    private static int Order(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return bits < 0 ? int.MinValue - bits : bits;
    }

    private static long Order(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        object?[] list => $"[{string.Join(", ", list.Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
