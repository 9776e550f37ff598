namespace Fairlead.Load.Golden;

/// <summary>How a service answered rows whose answers are known.</summary>
public sealed record GoldenResult
{
    public required int Rows { get; init; }

    /// <summary>Rows of which every output that is known is within its tolerance.</summary>
    public required int Matched { get; init; }

    /// <summary>The largest difference between two numbers; 0 when none was compared.</summary>
    public required double Worst { get; init; }

    /// <summary>The first ones.</summary>
    public required IReadOnlyList<GoldenMismatch> Mismatches { get; init; }

    /// <summary>Who answered, by name.</summary>
    public required IReadOnlyList<string> ServerGroups { get; init; }

    public bool Passed => Matched == Rows;
}
