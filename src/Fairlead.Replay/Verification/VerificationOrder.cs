namespace Fairlead.Replay.Verification;

/// <summary>Which predictions shall be verified.</summary>
public sealed record VerificationOrder
{
    public const int MaxSample = 10_000;

    public required string Environment { get; init; }

    /// <summary>Null for every service of the environment, a report each.</summary>
    public string? Service { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Exclusive; null for now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Answered predictions of each service at most, drawn evenly by a hash of their ids.</summary>
    public int Sample { get; init; } = 100;

    /// <summary>Who asks; null for the control plane's user.</summary>
    public string? User { get; init; }
}
