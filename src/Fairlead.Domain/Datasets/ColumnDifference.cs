namespace Fairlead.Domain.Datasets;

/// <summary>One column in two versions of a dataset.</summary>
public sealed record ColumnDifference
{
    public required string Name { get; init; }

    public required ColumnChange Change { get; init; }

    /// <summary>Null when the left version lacks it.</summary>
    public string? LeftType { get; init; }

    /// <summary>Null when the right version lacks it.</summary>
    public string? RightType { get; init; }

    public long? LeftNulls { get; init; }

    public long? RightNulls { get; init; }

    public double? LeftMean { get; init; }

    public double? RightMean { get; init; }

    /// <summary>Population stability index; null when the distributions were not compared.</summary>
    public double? Stability { get; init; }

    /// <summary>Largest distance of the distribution functions of numbers and times (Kolmogorov and Smirnov), 0 to 1.</summary>
    public double? Distance { get; init; }

    /// <summary>About by how many standard deviations a bell curve would have moved: 0.05 is hardly visible, 0.5 is much.</summary>
    public double? Effect { get; init; }

    /// <summary>Probability of a difference as large when nothing but chance differs.</summary>
    public double? PValue { get; init; }

    /// <summary>What the cells hold, for drawing; the last one is rows without a value.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];

    public IReadOnlyList<long> LeftCells { get; init; } = [];

    public IReadOnlyList<long> RightCells { get; init; } = [];

    /// <summary>Why the distributions were not compared.</summary>
    public string? Note { get; init; }
}
