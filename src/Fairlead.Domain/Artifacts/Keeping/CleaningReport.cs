namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>What a cleaning of the store removed, or would.</summary>
public sealed record CleaningReport
{
    /// <summary>Nothing was removed: it was only asked.</summary>
    public required bool IsDry { get; init; }

    /// <summary>By kind and name, the largest first; a blob of several is counted with the first.</summary>
    public required IReadOnlyList<CleaningRow> Rows { get; init; }

    public required int Blobs { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Runs whose outputs or logs are not kept any more.</summary>
    public required int Runs { get; init; }

    /// <summary>Names that stand for nothing any more.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required int KeptBlobs { get; init; }

    public required long KeptBytes { get; init; }

    /// <summary>Needed by nothing, and kept because they were of use a moment ago.</summary>
    public required int YoungBlobs { get; init; }

    public required long YoungBytes { get; init; }
}
