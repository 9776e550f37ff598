using Fairlead.Domain.Artifacts;

namespace Fairlead.Predictions.Keeping;

/// <summary>The record of an erasure: proof of what was removed, without what was removed.</summary>
public sealed record Erasure
{
    public required int Number { get; init; }

    /// <summary>Keyed hash of the unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Null when it was for all environments.</summary>
    public string? Environment { get; init; }

    public string? Reason { get; init; }

    public required string RequestedBy { get; init; }

    /// <summary>What was answered before this moment is covered.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public required ErasureStatus Status { get; init; }

    /// <summary>Predictions of the unit that were found.</summary>
    public long Predictions { get; init; }

    /// <summary>Outcomes that were found: of those predictions, or of the unit itself.</summary>
    public long Outcomes { get; init; }

    /// <summary>Outcomes that were posted after it for what it had erased, and were not kept.</summary>
    public long LateOutcomes { get; init; }

    /// <summary>Predictions and outcomes of the unit that are left in what could be searched; null before it was looked.</summary>
    public long? Left { get; init; }

    public IReadOnlyList<RewrittenFile> Files { get; init; } = [];

    /// <summary>Damaged files and segments, and files in quarantine: they may hold the unit, and nobody can tell.</summary>
    public IReadOnlyList<string> NotSearched { get; init; } = [];

    /// <summary>Of the file that holds the salted hashes of the erased predictions' ids; null before they were found, and when there was none.</summary>
    public Digest? Ids { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC that no erased prediction's id is before.</summary>
    public long FirstId { get; init; }

    /// <summary>… nor after.</summary>
    public long LastId { get; init; }
}
