using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Deployments;

/// <summary>One deployment of one release of one service in one environment. What it runs never changes; status and weight do.</summary>
public sealed record ServerGroup
{
    public required ServerGroupName Name { get; init; }

    public required ReleaseName Release { get; init; }

    /// <summary>What it runs, as the release carried it.</summary>
    public required ReleasedService Service { get; init; }

    /// <summary>Digest over the configuration that the environment gave it.</summary>
    public required Digest Configuration { get; init; }

    public required ServerGroupStatus Status { get; init; }

    public required Weight Weight { get; init; }

    /// <summary>Share of the requests to its service that it gets a copy of, as a shadow.</summary>
    public Weight Mirror { get; init; }

    /// <summary>The experiment that it is an arm of while that runs; null otherwise.</summary>
    public string? Experiment { get; init; }

    /// <summary>Instances of a command service that it is to have; null for what its release says.</summary>
    public int? Instances { get; init; }

    /// <summary>A fresh group of what is live, to compare a canary with.</summary>
    public bool? IsBaseline { get; init; }

    /// <summary>What made it, such as <c>rollout-7/late/candidate</c>: making it again finds it.</summary>
    public string? Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>When it last began to take traffic.</summary>
    public DateTimeOffset? EnabledAt { get; init; }

    /// <summary>Who last made it take traffic: by a deployment, a rollback or a shift of traffic.</summary>
    public string? EnabledBy { get; init; }

    /// <summary>The group that led the traffic before this one last began to take any: where a rollback goes. Null when there was none, or after a rollback left this one.</summary>
    public ServerGroupName? Previous { get; init; }

    /// <summary>When it last ceased to take traffic.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>One sentence, when it failed.</summary>
    public string? Error { get; init; }
}
