namespace Fairlead.Domain.Configurations;

/// <summary>How many instances of a command service an environment wants; what is null is as the release says.</summary>
public sealed record InstanceBounds
{
    /// <summary>No fewer, inclusive.</summary>
    public int? Min { get; init; }

    /// <summary>No more, inclusive.</summary>
    public int? Max { get; init; }

    public int? Desired { get; init; }
}
