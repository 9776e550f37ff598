using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;
using Fairlead.Inference.Chains;

namespace Fairlead.Inference.Scoring;

/// <summary>Makes models and chains ready to score outside the host, by the engines that serve them there.</summary>
public sealed class ModelScorerFactory(IModelRuntime runtime, IArtifactStore store, TimeProvider time) : IScorerFactory
{
    /// <exception cref="ArgumentException">The service is a command.</exception>
    public async Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken)
    {
        if (service.Command is not null)
            throw new ArgumentException($"The service '{service.Name}' is a command, which no model engine scores.", nameof(service));
        var models = new List<IModelSession>();
        try
        {
            foreach (var model in service.Models)
                models.Add(await LoadAsync(model, cancellationToken).ConfigureAwait(false));
            return service.Chain is { } chain
                ? new ModelScorer(ChainSession.Open(chain, models, service.Name, time, service.Config), models)
                : new ModelScorer(models[0], []);
        }
        catch
        {
            models.ForEach(model => model.Dispose());
            throw;
        }
    }

    private async Task<IModelSession> LoadAsync(ModelVersion model, CancellationToken cancellationToken)
    {
        if (model.Artifact.Kind != ArtifactKind.Blob)
            throw FairleadException.Failed($"The model '{model.Label}' is a folder; the built-in engine serves one ONNX file.");
        var path = store.PathOf(model.Artifact.Digest);
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            // What is to be compared bit by bit must be that very model.
            var actual = Digest.FromHash(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
            if (actual != model.Artifact.Digest)
                throw FairleadException.Damaged($"The model '{model.Label}' was altered on disk: '{path}' holds {actual}, not {model.Artifact.Digest}; run the step that made it again, or restore the file.");
        }

        return await Task.Run(() => runtime.Load(path, model.Label), cancellationToken).ConfigureAwait(false);
    }
}
