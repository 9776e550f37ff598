using System.Text.Json;

namespace Fairlead.Load.Golden;

/// <summary>Compares what was answered with what was expected. Lists are compared element by element, nested or not.</summary>
internal sealed class GoldenComparer(double tolerance, double relativeTolerance)
{
    /// <summary>The largest difference between two numbers so far.</summary>
    public double Worst { get; private set; }

    public bool Matches(JsonElement expected, JsonElement answered)
    {
        var (left, right) = (Flatten(expected).ToList(), Flatten(answered).ToList());
        if (left.Count != right.Count)
            return false;
        var matches = true;
        for (var i = 0; i < left.Count; i++)
            matches &= MatchesOne(left[i], right[i]);
        return matches;
    }

    private bool MatchesOne(JsonElement expected, JsonElement answered)
    {
        if (!TryNumber(expected, out var wanted) || !TryNumber(answered, out var got))
            return Text(expected) == Text(answered);
        if (double.IsNaN(wanted) || double.IsNaN(got))
            return double.IsNaN(wanted) == double.IsNaN(got);
        var difference = wanted.Equals(got) ? 0 : Math.Abs(wanted - got);
        Worst = Math.Max(Worst, difference);
        return difference <= Math.Max(tolerance, relativeTolerance * Math.Abs(wanted));
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flatten) : [value];

    /// <summary>A model's boolean is 0 or 1 in a column of numbers.</summary>
    private static bool TryNumber(JsonElement value, out double number)
    {
        number = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => double.NaN,
        };
        return value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
