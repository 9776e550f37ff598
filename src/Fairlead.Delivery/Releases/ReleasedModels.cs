using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Delivery.Releases;

/// <summary>Turns the outputs of the current runs into recorded model versions with signatures.</summary>
internal sealed class ReleasedModels(
    ICurrentRuns currentRuns, IArtifactStore store, IModelInspector inspector, IModelCatalog models, TimeProvider time)
{
    /// <summary>The version of each named model that belongs to the project as it is now, by model.</summary>
    public async Task<IReadOnlyDictionary<string, ModelVersion>> TakeUpAsync(
        ProjectSnapshot snapshot, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var definitions = snapshot.Project.Models.Where(model => names.Contains(model.Name)).ToList();
        var steps = definitions.Select(model => model.Step).Distinct(StringComparer.Ordinal).ToList();
        var runs = await currentRuns.FindAsync(snapshot, steps, cancellationToken).ConfigureAwait(false);

        // All are read before any is recorded, so that one bad model leaves no versions of the others behind.
        var candidates = new List<ModelVersion>();
        foreach (var definition in definitions)
            candidates.Add(await ReadAsync(definition, runs[definition.Step], cancellationToken).ConfigureAwait(false));

        var versions = new Dictionary<string, ModelVersion>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
            versions[candidate.Model] = await models.AddAsync(candidate, cancellationToken).ConfigureAwait(false);
        return versions;
    }

    private async Task<ModelVersion> ReadAsync(ModelDefinition definition, Run run, CancellationToken cancellationToken)
    {
        var output = run.Outputs.FirstOrDefault(candidate => candidate.Name == definition.Output)
            ?? throw FairleadException.Conflict(
                $"The run '{run.Id}' left no output '{definition.Output}' for the model '{definition.Name}': run 'fairlead run {definition.Step}' again.");
        if (output.Artifact.Kind != ArtifactKind.Blob)
        {
            throw FairleadException.Failed(
                $"The model '{definition.Name}' is the folder '{definition.Output}' of the run '{run.Id}', and the engine serves one file: name the model file as an output of the step '{definition.Step}'.");
        }

        var path = store.PathOf(output.Artifact.Digest);
        await CheckAsync(path, definition, run, output.Artifact, cancellationToken).ConfigureAwait(false);
        return new ModelVersion
        {
            Model = definition.Name,
            Number = 1, // The catalog gives the real one.
            Artifact = output.Artifact,
            Signature = Inspect(path, definition, run),
            Run = run.Id,
            CreatedAt = time.GetUtcNow(),
        };
    }

    private Signature Inspect(string path, ModelDefinition definition, Run run)
    {
        try
        {
            return inspector.Inspect(path, definition.Name);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Failed)
        {
            throw new FairleadException(
                ProblemKind.Failed,
                $"The model '{definition.Name}' from the run '{run.Id}' cannot be served: {e.Message.TrimEnd('.')}; mend the step '{definition.Step}' and run 'fairlead run'.",
                e);
        }
    }

    private static async Task CheckAsync(
        string path, ModelDefinition definition, Run run, ArtifactRef artifact, CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead(path);
        var digest = Digest.FromHash(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        if (digest == artifact.Digest)
            return;
        throw FairleadException.Damaged(
            $"The model '{definition.Name}' from the run '{run.Id}' was altered in the store: '{path}' does not match its digest; put the original bytes back, or delete the file and run 'fairlead run {definition.Step}'.");
    }
}
