using Fairlead.Domain.Deployments;
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

    /// <summary>Copies of the request that shadows answered, or the prediction of the live answer that this one shadows; oldest first.</summary>
    public IReadOnlyList<RelatedPrediction> Related { get; init; } = [];

    /// <summary>The running experiment that the server group is an arm of; null when there is none.</summary>
    public string? Experiment { get; init; }

    /// <summary>Fields whose values are not in the log, as the service's capture policy says.</summary>
    public IReadOnlyList<string> Redacted { get; init; } = [];

    /// <summary>Fields of which the log holds a keyed hash in place of the value.</summary>
    public IReadOnlyList<string> Hashed { get; init; } = [];

    public required ServerGroupName ServerGroup { get; init; }

    /// <summary>When the server group was made, and by whom.</summary>
    public required DateTimeOffset DeployedAt { get; init; }

    public required string DeployedBy { get; init; }

    public required ReleaseName Release { get; init; }

    /// <summary>State of the repository that was released.</summary>
    public required CommitState ReleaseCommit { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }

    public required string ReleasedBy { get; init; }

    /// <summary>What answered: a model, a chain of models or a command.</summary>
    public required ReleasedService Service { get; init; }

    /// <summary>The model versions that scored, in order, with the runs that made them; none for a command service, whose code is the commit's.</summary>
    public required IReadOnlyList<TracedModel> Models { get; init; }
}
