using Fairlead.Domain.Artifacts;
using Fairlead.Inference;

namespace Fairlead.Serving.Sessions;

/// <summary>The place of one session among all that could be loaded; it is loaded, or asleep.</summary>
internal sealed class SessionSlot(SessionPool pool, Digest digest, Func<Task<LoadedSession>> load)
{
    private volatile LoadedSession? loaded;
    private long lastUsed;

    public Digest Digest => digest;

    public bool IsLoaded => loaded is not null;

    /// <summary>The codec of the session, known since it was first loaded.</summary>
    public SignatureCodec? Codec { get; private set; }

    /// <summary>Server groups and chains that hold the slot. Guarded by the pool's lock.</summary>
    public int Holders { get; set; }

    /// <summary>The load that is under way. Guarded by the pool's lock.</summary>
    public Task? Loading { get; set; }

    /// <summary>The pool's age when a request last used it.</summary>
    public long LastUsed => Volatile.Read(ref lastUsed);

    public LoadedSession? Loaded => loaded;

    /// <summary>The session for one request, to be left when it is scored; null while it is asleep.</summary>
    public LoadedSession? TryEnter()
    {
        var session = loaded;
        if (session is null || !session.TryEnter())
            return null;
        // Written when it changes only: every request reads it.
        if (Volatile.Read(ref lastUsed) != pool.Age)
            Volatile.Write(ref lastUsed, pool.Age);
        return session;
    }

    /// <summary>As <see cref="TryEnter"/>, and wakes the session first when it is asleep.</summary>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">It cannot be loaded.</exception>
    public async ValueTask<LoadedSession> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryEnter() is { } session)
                return session;
            await pool.LoadAsync(this).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal Task<LoadedSession> CreateAsync() => load();

    internal void Set(LoadedSession? session)
    {
        loaded = session;
        Codec = session?.Session.Codec ?? Codec;
        Volatile.Write(ref lastUsed, pool.Age);
    }
}
