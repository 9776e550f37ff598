using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Shadows;

/// <summary>The numbers of a shadow at one moment.</summary>
internal sealed record ShadowSnapshot
{
    public required long Agreed { get; init; }

    public required long Differed { get; init; }

    public required long Failed { get; init; }

    /// <summary>By <see cref="ShadowDrop"/>.</summary>
    public required IReadOnlyList<long> Dropped { get; init; }

    /// <summary>How many fell between two of <see cref="ShadowNumbers.Bounds"/>; the last are those beyond all.</summary>
    public required IReadOnlyList<long> Differences { get; init; }

    /// <summary>Of those that have a size.</summary>
    public required double DifferenceSum { get; init; }

    public required Histogram Durations { get; init; }
}
