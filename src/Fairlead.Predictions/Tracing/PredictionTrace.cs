using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing;

/// <summary>Where a prediction came from, down to commits and datasets.</summary>
public sealed record PredictionTrace
{
    public required Prediction Prediction { get; init; }

    /// <summary>The last outcome, when there is one.</summary>
    public RecordedOutcome? Outcome { get; init; }

    public required ServerGroupName ServerGroup { get; init; }

    /// <summary>When the server group was made, and by whom.</summary>
    public required DateTimeOffset DeployedAt { get; init; }

    public required string DeployedBy { get; init; }

    public required ReleaseName Release { get; init; }

    /// <summary>State of the repository that was released.</summary>
    public required CommitState ReleaseCommit { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }

    public required string ReleasedBy { get; init; }

    public required ModelVersion Model { get; init; }

    /// <summary>The run that made the model, with everything that it was made from.</summary>
    public required TracedRun Run { get; init; }
}
