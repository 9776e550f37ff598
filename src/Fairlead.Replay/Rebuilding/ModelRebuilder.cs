using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Replay.Rebuilding;

/// <summary>Makes the models of a service again.</summary>
internal sealed class ModelRebuilder(IRunRebuilder rebuilder, IRunCatalog runs)
{
    /// <returns>The report without a verdict, and the service with the rebuilt models in place of its own; null when one of them could not be made.</returns>
    public async Task<(RebuildReport Report, ReleasedService? Service)> RebuildAsync(ReleasedService service, Action<string> progress, CancellationToken cancellationToken)
    {
        if (service.Command is not null)
        {
            var reason = $"The service '{service.Name}' is the command '{service.Command.Command}': its code is what the release carries, and no run made a model of it that could be built again.";
            return (new RebuildReport { Outcome = RebuildOutcome.Impossible, Reason = reason }, null);
        }

        var models = new List<RebuiltModel>();
        var versions = new Dictionary<ModelVersion, ModelVersion>();
        foreach (var model in service.Models.Distinct())
        {
            var (rebuilt, version) = await RebuildAsync(model, progress, cancellationToken).ConfigureAwait(false);
            models.Add(rebuilt);
            if (version is not null)
                versions.Add(model, version);
        }

        var broken = models.FirstOrDefault(model => model.Rebuilt is null);
        var different = models.FirstOrDefault(model => !model.IsIdentical);
        var report = new RebuildReport
        {
            Models = models,
            Outcome = broken is not null ? OutcomeOf(broken) : different is not null ? RebuildOutcome.Different : RebuildOutcome.Identical,
            Reason = broken?.Reason ?? (different is null ? null : DescribeDifference(different)),
        };
        return (report, broken is null ? With(service, versions) : null);
    }

    private async Task<(RebuiltModel Model, ModelVersion? Version)> RebuildAsync(ModelVersion model, Action<string> progress, CancellationToken cancellationToken)
    {
        var result = new RebuiltModel { Model = model.Label, Recorded = model.Artifact.Digest };
        if (await runs.FindAsync(model.Run, cancellationToken).ConfigureAwait(false) is not { } run
            || run.Outputs.FirstOrDefault(output => output.Artifact.Digest == model.Artifact.Digest) is not { } made)
            return (result with { Reason = $"The model '{model.Label}' came from elsewhere: no run of this project made it, so that it cannot be built again." }, null);
        try
        {
            var rebuilt = await rebuilder.RebuildAsync(model.Run, progress, cancellationToken).ConfigureAwait(false);
            var artifact = rebuilt[^1].Outputs.FirstOrDefault(output => output.Name == made.Name)?.Artifact;
            result = result with { Runs = rebuilt, Rebuilt = artifact?.Digest, Reason = artifact is null ? rebuilt.First(IsBroken).Reason : null };
            return (result, artifact is null ? null : model with { Artifact = artifact });
        }
        catch (FairleadException e) when (!e.IsRetryable)
        {
            return (result with { Reason = e.Message }, null);
        }
    }

    private static ReleasedService With(ReleasedService service, Dictionary<ModelVersion, ModelVersion> versions) => service with
    {
        Model = service.Model is { } model ? versions[model] : null,
        Chain = service.Chain is { } chain ? chain with { Stages = [.. chain.Stages.Select(stage => stage.Model is { } used ? stage with { Model = versions[used] } : stage)] } : null,
    };

    private static RebuildOutcome OutcomeOf(RebuiltModel broken) =>
        broken.Runs.FirstOrDefault(IsBroken)?.Outcome ?? RebuildOutcome.Impossible;

    private static bool IsBroken(RebuiltRun run) => run.Outcome is RebuildOutcome.Failed or RebuildOutcome.Impossible;

    // Where it began says more than where it ended.
    private static string DescribeDifference(RebuiltModel model)
    {
        var first = model.Runs.First(run => run.Outcome == RebuildOutcome.Different);
        return $"The model '{model.Model}' has other bytes when it is built again; {first.Run} differs first: {first.Reason}";
    }
}
