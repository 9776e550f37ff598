using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;

namespace Fairlead.Pipelines.Driving;

public sealed record PipelineEngineOptions
{
    /// <summary>Names this control plane among those that share the catalog; another one after each start.</summary>
    public required string Owner { get; init; }

    /// <summary>True for an owner of whom it is known that it is no more, such as a predecessor on this machine that held the same lock.</summary>
    public Func<string, bool> IsGone { get; init; } = static _ => false;

    /// <summary>The project at commits; null when executions are always of the project as it is.</summary>
    public IProjectCommits? Commits { get; init; }

    /// <summary>Asked beforehand whether stages can be analysed; null when that shows when they are.</summary>
    public IRolloutAnalysis? Analysis { get; init; }

    /// <summary>How long another control plane waits before it takes over.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often leases are prolonged, and what others left is looked for; well below <see cref="Lease"/>.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an activity may give no sign of life before it is named.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="ArgumentException">Values that do not go together.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Owner);
        if (Round <= TimeSpan.Zero || Lease < Round * 2)
            throw new ArgumentException($"A lease of {Lease} is too short for rounds of {Round}: make it twice as long at least.");
    }
}
