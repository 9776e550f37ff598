using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Inference;
using Fairlead.Inference.Chains;

namespace Fairlead.Serving.Sessions;

/// <summary>
/// The models and chains of all server groups, one session for each digest. Sessions that nobody has used for longest are let go when all
/// together take more memory than they may, and loaded again by the next request for them.
/// </summary>
/// <param name="memoryBytes">What all sessions may take together; one that is in use is never let go, however much it is.</param>
internal sealed class SessionPool(IModelRuntime runtime, IArtifactStore store, long memoryBytes, TimeProvider time)
{
    private const int Parallelism = 2;
    private readonly Lock gate = new();
    private readonly Dictionary<Digest, SessionSlot> slots = [];
    private readonly ModelLoader loader = new(runtime, store, new SemaphoreSlim(Parallelism, Parallelism));
    private long age;
    private long bytes;

    /// <summary>Loaded sessions.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return slots.Values.Count(slot => slot.IsLoaded);
        }
    }

    /// <summary>What the loaded sessions take.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Rises with every load: what was used since the last load is younger than what was not.</summary>
    public long Age => Interlocked.Read(ref age);

    /// <summary>True when a model of that size needs nobody else to go.</summary>
    public bool HasRoomFor(long size) => Bytes + size <= memoryBytes;

    /// <summary>The slot of a service's model or chain; nothing is loaded yet. To be paid back by <see cref="Return"/>.</summary>
    public SessionSlot Take(ReleasedService service) =>
        service.Model is { } model ? Take(model) : Take(service.ScoringDigest, () => LoadChainAsync(service));

    public void Return(SessionSlot slot)
    {
        LoadedSession? last;
        lock (gate)
        {
            if (--slot.Holders > 0)
                return;
            slots.Remove(slot.Digest);
            last = Unset(slot);
        }

        last?.Leave();
    }

    /// <summary>Completes when the session is loaded; calls that come together share one load.</summary>
    /// <exception cref="FairleadException">NotFound, Damaged: the store lacks it or holds other bytes; Failed: the engine refuses it.</exception>
    public Task LoadAsync(SessionSlot slot)
    {
        lock (gate)
        {
            if (slot.IsLoaded)
                return Task.CompletedTask;
            return slot.Loading ??= Task.Run(() => LoadNowAsync(slot));
        }
    }

    private SessionSlot Take(ModelVersion model) => Take(model.Artifact.Digest, () => loader.LoadAsync(model.Artifact, model.Label));

    private SessionSlot Take(Digest digest, Func<Task<LoadedSession>> load)
    {
        lock (gate)
        {
            if (!slots.TryGetValue(digest, out var slot))
                slots.Add(digest, slot = new SessionSlot(this, digest, load));
            slot.Holders++;
            return slot;
        }
    }

    private async Task LoadNowAsync(SessionSlot slot)
    {
        LoadedSession? unwanted = null;
        try
        {
            var session = await slot.CreateAsync().ConfigureAwait(false);
            lock (gate)
            {
                // The last holder may have gone while it was being loaded.
                if (slot.Holders == 0)
                {
                    unwanted = session;
                }
                else
                {
                    Interlocked.Increment(ref age);
                    Interlocked.Add(ref bytes, session.Bytes);
                    slot.Set(session);
                }
            }
        }
        finally
        {
            lock (gate)
                slot.Loading = null;
        }

        unwanted?.Leave();
        Shrink(slot);
    }

    /// <summary>Lets go of what has not been used for longest until the rest fits, sparing what was loaded last.</summary>
    public void Shrink(SessionSlot spared)
    {
        while (Bytes > memoryBytes)
        {
            List<SessionSlot> oldest;
            lock (gate)
                oldest = [.. slots.Values.Where(slot => slot.IsLoaded && slot != spared).OrderBy(slot => slot.LastUsed)];
            if (!oldest.Exists(TryRetire))
                return;
        }
    }

    private bool TryRetire(SessionSlot slot)
    {
        LoadedSession session;
        lock (gate)
        {
            if (slot.Loaded is not { } loaded || !loaded.TryRetire())
                return false;
            session = loaded;
            Unset(slot);
        }

        session.End();
        return true;
    }

    private LoadedSession? Unset(SessionSlot slot)
    {
        var session = slot.Loaded;
        slot.Set(null);
        if (session is not null)
            Interlocked.Add(ref bytes, -session.Bytes);
        return session;
    }

    private async Task<LoadedSession> LoadChainAsync(ReleasedService service)
    {
        var chain = service.Chain!;
        var held = new List<(SessionSlot Slot, LoadedSession Session)>();
        try
        {
            foreach (var model in chain.Stages.Where(stage => stage.Model is not null).Select(stage => stage.Model!))
            {
                var slot = Take(model);
                try
                {
                    held.Add((slot, await slot.EnterAsync(CancellationToken.None).ConfigureAwait(false)));
                }
                catch
                {
                    Return(slot);
                    throw;
                }
            }

            var session = ChainSession.Open(chain, [.. held.Select(pair => pair.Session.Session)], service.Label, time, service.Config);
            return new LoadedSession(session, session.MemoryBytes, LetGo);
        }
        catch
        {
            LetGo();
            throw;
        }

        void LetGo()
        {
            foreach (var (slot, session) in held)
            {
                session.Leave();
                Return(slot);
            }
        }
    }
}
