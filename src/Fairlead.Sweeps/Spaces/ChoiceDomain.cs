using System.Text.Json;

namespace Fairlead.Sweeps.Spaces;

/// <summary>Values from a list.</summary>
internal sealed record ChoiceDomain(IReadOnlyList<JsonElement> Values) : ParameterDomain
{
    public override long? Count => Values.Count;

    /// <summary>Numbers that only go up or only down say by their place how near they are.</summary>
    public override bool IsOrdered { get; } = Ascends(Values) || Ascends([.. Values.Reverse()]);

    public override JsonElement ValueAt(double unit) => Values[(int)Math.Clamp(Math.Floor(unit * Values.Count), 0, Values.Count - 1)];

    public override double UnitOf(JsonElement value)
    {
        var text = value.GetRawText();
        for (var i = 0; i < Values.Count; i++)
        {
            if (Values[i].GetRawText() == text)
                return (i + 0.5) / Values.Count;
        }

        throw new ArgumentException($"'{text}' is none of the values.", nameof(value));
    }

    public override JsonElement ValueOf(long index) => Values[(int)index];

    private static bool Ascends(IReadOnlyList<JsonElement> values) =>
        values.All(value => value.ValueKind == JsonValueKind.Number) && values.Zip(values.Skip(1)).All(pair => pair.First.GetDouble() < pair.Second.GetDouble());
}
