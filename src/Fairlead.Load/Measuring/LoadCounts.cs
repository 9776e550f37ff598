namespace Fairlead.Load.Measuring;

/// <summary>What was counted up to one moment; the warm-up shows in <see cref="Seconds"/> only.</summary>
internal sealed record LoadCounts
{
    public required long Due { get; init; }

    public required long Sent { get; init; }

    public required long Late { get; init; }

    public required long Unsent { get; init; }

    public required long Succeeded { get; init; }

    public required long Failed { get; init; }

    /// <summary>Under way when the run was cancelled.</summary>
    public required long Abandoned { get; init; }

    public required long WithoutPrediction { get; init; }

    public required int UnderWay { get; init; }

    public required LatencySummary Corrected { get; init; }

    public required LatencySummary Uncorrected { get; init; }

    public required LatencySummary SendDelay { get; init; }

    public required IReadOnlyList<LoadError> Errors { get; init; }

    public required IReadOnlyList<ServerGroupShare> ServerGroups { get; init; }

    public required IReadOnlyList<LoadSecond> Seconds { get; init; }
}
