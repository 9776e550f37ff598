using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Identity;

/// <summary>An entry of the audit log. Its hash covers all its members and the hash before it.</summary>
public sealed record AuditEntry
{
    /// <summary>From 1, without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>To the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Who { get; init; }

    public required string Via { get; init; }

    public required string What { get; init; }

    public required string Target { get; init; }

    public required AuditPhase Phase { get; init; }

    public string? Detail { get; init; }

    public long? Cause { get; init; }

    public required Digest Hash { get; init; }
}
