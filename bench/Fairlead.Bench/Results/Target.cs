namespace Fairlead.Bench.Results;

/// <summary>What a ratio, or a value without baseline, is to reach; the bound itself counts as reached.</summary>
internal sealed record Target(double Bound, bool IsMinimum)
{
    public static Target AtLeast(double bound) => new(bound, IsMinimum: true);

    public static Target AtMost(double bound) => new(bound, IsMinimum: false);

    public bool IsMet(double value) => IsMinimum ? value >= Bound : value <= Bound;

    public override string ToString() => $"{(IsMinimum ? "≥" : "≤")} {Bound:#,0.##}";
}
