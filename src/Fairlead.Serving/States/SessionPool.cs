using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Inference;

namespace Fairlead.Serving.States;

/// <summary>The loaded models, one session for each digest however many server groups use it.</summary>
internal sealed class SessionPool(IModelRuntime runtime, IArtifactStore store)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Digest, SharedSession> sessions = [];

    public int Count
    {
        get
        {
            lock (gate)
                return sessions.Count;
        }
    }

    /// <summary>Gives the session for an artifact, loading it when nobody uses it yet. Every call is to be paid back by <see cref="Release"/>.</summary>
    /// <param name="label">What messages call it.</param>
    /// <exception cref="FairleadException">NotFound, Damaged: the store lacks it or holds other bytes; Failed: the engine refuses it.</exception>
    public async Task<SharedSession> AcquireAsync(ArtifactRef artifact, string label, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (sessions.TryGetValue(artifact.Digest, out var known))
            {
                known.Users++;
                return known;
            }
        }

        if (artifact.Kind != ArtifactKind.Blob)
            throw FairleadException.Failed($"The model '{label}' is a folder; the built-in engine serves one ONNX file.");
        var path = store.PathOf(artifact.Digest);
        await VerifyAsync(path, artifact.Digest, label, cancellationToken).ConfigureAwait(false);
        var session = await Task.Run(() => runtime.Load(path, label), cancellationToken).ConfigureAwait(false);
        var loaded = new SharedSession(artifact.Digest, session) { Users = 1 };
        lock (gate)
            sessions.Add(artifact.Digest, loaded);
        return loaded;
    }

    public void Release(SharedSession session)
    {
        lock (gate)
        {
            if (--session.Users > 0)
                return;
            sessions.Remove(session.Digest);
        }

        session.Session.Dispose();
    }

    private static async Task VerifyAsync(string path, Digest expected, string label, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
            await using (file.ConfigureAwait(false))
            {
                var actual = Digest.FromHash(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
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
