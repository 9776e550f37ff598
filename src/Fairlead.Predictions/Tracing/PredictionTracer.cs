using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing;

/// <summary>Follows a prediction back to the bytes of data that it came from.</summary>
/// <param name="erased">Tells what was erased from what never was.</param>
public sealed class PredictionTracer(
    PredictionLookup predictions,
    ErasedPredictions erased,
    IServerGroupCatalog serverGroups,
    IReleaseCatalog releases,
    IRunCatalog runs,
    IDatasetCatalog datasets)
{
    private const string DatasetPrefix = "dataset:";

    /// <exception cref="FairleadException">NotFound when no such prediction is recorded; Damaged when the catalog lacks something that the trace needs.</exception>
    public async Task<PredictionTrace> TraceAsync(PredictionId id, CancellationToken cancellationToken)
    {
        var (prediction, outcome, related) = await predictions.ReadAsync(session => Read(session, id), cancellationToken).ConfigureAwait(false)
            ?? throw await UnknownAsync(id, cancellationToken).ConfigureAwait(false);
        var group = await serverGroups.FindAsync(prediction.ServerGroup, cancellationToken).ConfigureAwait(false)
            ?? throw Missing(id, "server group", prediction.ServerGroup);
        var release = await releases.FindAsync(group.Release, cancellationToken).ConfigureAwait(false)
            ?? throw Missing(id, "release", group.Release);
        var expanded = new Dictionary<RunId, Run>();
        var models = new List<TracedModel>();
        foreach (var model in group.Service.Models)
            models.Add(new TracedModel(model, await TraceRunAsync(id, model.Run, expanded, cancellationToken).ConfigureAwait(false)));
        return new PredictionTrace
        {
            Prediction = prediction,
            Outcome = outcome,
            Related = related,
            Experiment = group.Experiment,
            Redacted = group.Service.Capture.Redact,
            Hashed = group.Service.Capture.Hash,
            ServerGroup = group.Name,
            DeployedAt = group.CreatedAt,
            DeployedBy = group.CreatedBy,
            Release = release.Name,
            ReleaseCommit = release.Commit,
            ReleasedAt = release.CreatedAt,
            ReleasedBy = release.CreatedBy,
            Service = group.Service,
            Models = models,
        };
    }

    private static Tuple<Prediction, RecordedOutcome?, IReadOnlyList<RelatedPrediction>>? Read(LookupSession session, PredictionId id) =>
        session.Find(id) is { } found ? Tuple.Create(found, session.FindOutcome(id, mayHaveUnit: found.Unit is not null), RelatedPredictions.Find(session, found)) : null;

    private async Task<FairleadException> UnknownAsync(PredictionId id, CancellationToken cancellationToken) =>
        await erased.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } erasure
            ? FairleadException.NotFound($"The prediction '{id}' was erased with all others of its unit by erasure '{erasure.Number}', asked for by '{erasure.RequestedBy}' at {erasure.RequestedAt:u}; what it was is kept nowhere.")
            : FairleadException.NotFound(
                $"There is no prediction '{id}': it was made by another project or on another machine, was answered before capture began, or its log was removed; ids stand in the answer's header 'fairlead-prediction'.");

    private async Task<TracedRun> TraceRunAsync(PredictionId prediction, RunId id, Dictionary<RunId, Run> expanded, CancellationToken cancellationToken)
    {
        // Runs form a graph without cycles: each is followed once, or a trace of many steps would grow without bound.
        if (expanded.TryGetValue(id, out var known))
            return Describe(known, [], isRepeated: true);
        var run = await runs.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Missing(prediction, "run", id);
        expanded.Add(id, run);
        var inputs = new List<TracedInput>(run.Inputs.Count);
        foreach (var input in run.Inputs)
        {
            var dataset = await FindDatasetAsync(prediction, input, cancellationToken).ConfigureAwait(false);
            var maker = (input.Run ?? dataset?.Run) is { } producer ? await TraceRunAsync(prediction, producer, expanded, cancellationToken).ConfigureAwait(false) : null;
            inputs.Add(new TracedInput(input.Name, input.Source, input.Artifact, dataset, maker));
        }

        return Describe(run, inputs, isRepeated: false);
    }

    private async Task<DatasetVersion?> FindDatasetAsync(PredictionId prediction, RunInput input, CancellationToken cancellationToken)
    {
        if (!input.Source.StartsWith(DatasetPrefix, StringComparison.Ordinal))
            return null;
        var name = input.Source[DatasetPrefix.Length..];
        return await datasets.FindAsync(name, input.Artifact.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw Missing(prediction, "dataset version", $"{name} {input.Artifact.Digest}");
    }

    private static TracedRun Describe(Run run, IReadOnlyList<TracedInput> inputs, bool isRepeated) => new()
    {
        Id = run.Id,
        Status = run.Status,
        Key = run.Key,
        Commit = run.Commit,
        Command = run.Command,
        Parameters = run.Parameters,
        Metrics = run.Metrics,
        StartedAt = run.StartedAt,
        StartedBy = run.StartedBy,
        Machine = run.Machine,
        Inputs = inputs,
        IsRepeated = isRepeated,
    };

    private static FairleadException Missing(PredictionId prediction, string kind, object name) =>
        FairleadException.Damaged($"The trace of prediction '{prediction}' ends at the {kind} '{name}', which the catalog does not hold; restore the catalog that belongs to this predictions folder.");
}
