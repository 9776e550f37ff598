using Fairlead.Load.Measuring;

namespace Fairlead.Load;

/// <summary>How a run is getting on.</summary>
public sealed record LoadProgress
{
    /// <summary>How many seconds <see cref="Seconds"/> tells at most.</summary>
    public const int MaxSeconds = 60;

    /// <summary>Since the begin of the warm-up.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Of the warm-up and the profile.</summary>
    public required TimeSpan Length { get; init; }

    public required bool IsWarmup { get; init; }

    /// <summary>Requests per second that the profile wants now.</summary>
    public required double AskedRate { get; init; }

    public required int UnderWay { get; init; }

    /// <summary>Requests that are due and wait until others have ended.</summary>
    public required int Waiting { get; init; }

    public required long Succeeded { get; init; }

    public required long Failed { get; init; }

    /// <summary>Corrected, since the begin of the profile.</summary>
    public required LatencySummary Latency { get; init; }

    public required IReadOnlyList<LoadError> Errors { get; init; }

    /// <summary>The last whole seconds.</summary>
    public required IReadOnlyList<LoadSecond> Seconds { get; init; }
}
