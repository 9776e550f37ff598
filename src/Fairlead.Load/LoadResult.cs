using Fairlead.Load.Judging;
using Fairlead.Load.Measuring;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;

namespace Fairlead.Load;

/// <summary>
/// What a load run measured. As JSON (<see cref="LoadJson"/>) it is what a stage judges: the names are those of these members in camelCase
/// and stay as they are; every duration and time is in seconds, every share from 0 to 1, every rate per second. The warm-up counts in
/// <see cref="Seconds"/> only.
/// </summary>
public sealed record LoadResult
{
    public required string Service { get; init; }

    /// <summary>Null when the host chose it.</summary>
    public string? Environment { get; init; }

    /// <summary>The URL that was sent to.</summary>
    public required string Target { get; init; }

    public required LoadTransport Transport { get; init; }

    /// <summary>Where the rows came from; null when a command was asked without bodies.</summary>
    public string? Data { get; init; }

    /// <summary>By which method a command was asked; null for models, and for recorded requests, which have their own.</summary>
    public string? Method { get; init; }

    /// <summary>For which path a command was asked; null as the method is.</summary>
    public string? Path { get; init; }

    /// <summary><c>steady</c>, <c>ramp</c> or <c>spike</c>.</summary>
    public required string Profile { get; init; }

    public required ArrivalSpacing Arrivals { get; init; }

    /// <summary>The profile's rate.</summary>
    public required double Rate { get; init; }

    /// <summary>How long the profile was followed: shorter than asked when the run was cancelled.</summary>
    public required double Duration { get; init; }

    public required double Warmup { get; init; }

    /// <summary>Requests under way at once, at most.</summary>
    public required int Concurrency { get; init; }

    /// <summary>True when the run was ended before the profile did.</summary>
    public required bool Cancelled { get; init; }

    /// <summary>Different requests that were sent in turn.</summary>
    public required int Requests { get; init; }

    public required int RowsPerRequest { get; init; }

    /// <summary>Rows of the data that were not used: of a model those that lack a value of an input, of a command recorded requests that are not in the log as they were sent.</summary>
    public required int RowsLeftOut { get; init; }

    /// <summary>Requests that the profile wanted sent: sent and unsent together.</summary>
    public required long Due { get; init; }

    public required long Sent { get; init; }

    /// <summary>Of those sent: more than a millisecond after they were due, as a rule because as many as allowed were under way.</summary>
    public required long Late { get; init; }

    /// <summary>Due, but as many as allowed were under way until the end.</summary>
    public required long Unsent { get; init; }

    /// <summary>Answered as asked.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Error answers, lost connections and timeouts.</summary>
    public required long Failed { get; init; }

    /// <summary>Under way when the run was cancelled, and not waited for.</summary>
    public required long Abandoned { get; init; }

    /// <summary>Succeeded, per second.</summary>
    public required double AchievedRate { get; init; }

    /// <summary>Failed, of all that ended.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>
    /// From the time at which a request was due to the end of its answer, so that a server that stalls is charged for all whom it kept
    /// waiting (corrected for coordinated omission). Of answers without error; what was never answered counts with the time that it waited.
    /// </summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>From the time at which a request was sent to the end of its answer.</summary>
    public required LatencySummary UncorrectedLatency { get; init; }

    /// <summary>From due to sent. Large although nothing was late for want of connections: this machine could not send as fast.</summary>
    public required LatencySummary SendDelay { get; init; }

    /// <summary>The most frequent first.</summary>
    public required IReadOnlyList<LoadError> Errors { get; init; }

    /// <summary>Who gave the answers without error, by name.</summary>
    public required IReadOnlyList<ServerGroupShare> ServerGroups { get; init; }

    /// <summary>Answers without error that name no prediction: they cannot be traced.</summary>
    public required long WithoutPrediction { get; init; }

    /// <summary>Connections that were made again.</summary>
    public required long Reconnects { get; init; }

    public required IReadOnlyList<LoadSecond> Seconds { get; init; }

    public IReadOnlyList<CheckVerdict> Checks { get; init; } = [];

    /// <summary>True when every check holds; also when there is none.</summary>
    public bool Passed => Checks.All(check => check.Passed);

    /// <summary>What was measured, by the names that checks know; latencies in seconds. What there was nothing to measure of is left out.</summary>
    public IReadOnlyDictionary<string, double> Metrics() => LoadMetrics.Read(this);
}
