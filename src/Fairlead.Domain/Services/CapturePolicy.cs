namespace Fairlead.Domain.Services;

/// <summary>What of a service's predictions is kept, and for how long. How durably is said beside it.</summary>
public sealed record CapturePolicy
{
    /// <summary>Names the unit among the fields.</summary>
    public const string UnitField = "unit";

    public static readonly CapturePolicy Default = new();

    /// <summary>Share of units that are captured, 0 to 1. A unit is kept whole or not at all; requests without a unit are drawn one by one.</summary>
    public double Sample { get; init; } = 1;

    /// <summary>
    /// Fields of the inputs or outputs whose values are never written: names of the signature, or <c>unit</c>; for a command also paths into JSON bodies, such as
    /// <c>user.name</c>, which lead through lists.
    /// </summary>
    public IReadOnlyList<string> Redact { get; init; } = [];

    /// <summary>Fields, named likewise, of which a keyed hash is written in place of the value: equal values stay equal.</summary>
    public IReadOnlyList<string> Hash { get; init; } = [];

    /// <summary>Rows older than this are removed; null keeps them.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Bytes of the inputs, and of the outputs, that are kept of one request; what is longer is left out and counted. Null for the host's own bound.</summary>
    public long? MaxBody { get; init; }
}
