using Fairlead.Domain.Instances;

namespace Fairlead.Domain.Deployments;

/// <summary>What a host says of itself after every attempt to apply a desired state, and every few seconds.</summary>
public sealed record HostReport
{
    /// <summary>Process id, unique among the hosts of one machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Where it listens, such as <c>http://localhost:7071</c>.</summary>
    public required string Url { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Version of the desired state that takes requests now; 0 before the first.</summary>
    public required long AppliedVersion { get; init; }

    /// <summary>Version that could not be applied, when that was the last attempt.</summary>
    public long? RefusedVersion { get; init; }

    /// <summary>Why, by server group.</summary>
    public IReadOnlyList<ServerGroupFailure> Failures { get; init; } = [];

    /// <summary>Server groups without traffic that are still being made ready.</summary>
    public IReadOnlyList<ServerGroupName> Pending { get => field ?? []; init; }

    /// <summary>The instances of its command services.</summary>
    public IReadOnlyList<InstanceReport> Instances { get => field ?? []; init; }

    /// <summary>Its server groups that answered something, or run instances.</summary>
    public IReadOnlyList<ServerGroupReport> Groups { get => field ?? []; init; }

    /// <summary>Its server groups that get copies of requests, or got some.</summary>
    public IReadOnlyList<ShadowReport> Shadows { get => field ?? []; init; }

    /// <summary>Its server groups of which something was not captured.</summary>
    public IReadOnlyList<CaptureReport> Captures { get => field ?? []; init; }

    /// <summary>What a person should see to although requests are served, such as a port that is in use; one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Requests answered since the start.</summary>
    public required long Answered { get; init; }

    /// <summary>Requests recorded in the capture log since the start.</summary>
    public required long Captured { get; init; }

    /// <summary>Requests answered but not recorded since the start: an alarm when above 0.</summary>
    public required long CaptureLost { get; init; }
}
