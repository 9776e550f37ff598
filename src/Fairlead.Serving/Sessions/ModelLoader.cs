using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Inference;

namespace Fairlead.Serving.Sessions;

/// <summary>Brings models from the store into memory, a few at a time, so that loading leaves the processors to requests.</summary>
internal sealed class ModelLoader(IModelRuntime runtime, IArtifactStore store, SemaphoreSlim turns)
{
    /// <param name="label">What messages call it.</param>
    /// <exception cref="FairleadException">NotFound, Damaged: the store lacks it or holds other bytes; Failed: the engine refuses it.</exception>
    public async Task<LoadedSession> LoadAsync(ArtifactRef artifact, string label)
    {
        if (artifact.Kind != ArtifactKind.Blob)
            throw FairleadException.Failed($"The model '{label}' is a folder; the built-in engine serves one ONNX file.");
        await turns.WaitAsync().ConfigureAwait(false);
        try
        {
            var path = store.PathOf(artifact.Digest);
            await VerifyAsync(path, artifact.Digest, label).ConfigureAwait(false);
            var session = runtime.Load(path, label);
            return new LoadedSession(session, Math.Max(session.MemoryBytes, artifact.Size), () => { });
        }
        finally
        {
            turns.Release();
        }
    }

    private static async Task VerifyAsync(string path, Digest expected, string label)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
            await using (file.ConfigureAwait(false))
            {
                var actual = Digest.FromHash(await SHA256.HashDataAsync(file).ConfigureAwait(false));
                if (actual != expected)
                    throw FairleadException.Damaged($"The model '{label}' was altered on disk: '{path}' holds {actual}, not {expected}; run the step that made it again, or restore the file.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FairleadException.Unavailable($"The model '{label}' cannot be read from the store: {e.Message}", e);
        }
    }
}
