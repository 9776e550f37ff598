using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Deployments;

/// <summary>What somebody wants rolled out.</summary>
public sealed record RolloutOrder
{
    /// <summary>Ordering the same key again starts nothing; null makes one up.</summary>
    public string? Key { get; init; }

    public required string Environment { get; init; }

    /// <summary>Null means the newest.</summary>
    public ReleaseName? Release { get; init; }

    /// <summary>Names; empty means every service of the release.</summary>
    public IReadOnlyList<string> Services { get => field ?? []; init; }

    /// <summary>Null for the environment's own, else blue-green.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>Share of the traffic that the release has in the end; less than all only where it takes over at once.</summary>
    public Weight Weight { get; init; } = Weight.All;

    /// <summary>Why it is rolled out though its environment is closed; null when that is open.</summary>
    public string? Override { get; init; }

    public required string User { get; init; }
}
