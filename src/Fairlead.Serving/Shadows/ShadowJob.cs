using Fairlead.Domain.Predictions;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Shadows;

/// <summary>One copied request on its way through a shadow. Holds the shadow's server group until it is disposed.</summary>
/// <param name="shadow">Held for the job by whoever makes it.</param>
internal abstract class ShadowJob(LiveServerGroup shadow, PredictionId liveId, long since) : IDisposable
{
    public LiveServerGroup Shadow => shadow;

    /// <summary>The prediction that the client got.</summary>
    public PredictionId LiveId => liveId;

    /// <summary>When it was copied, on the clock's timestamps.</summary>
    public long Since => since;

    /// <summary>Memory that the copy takes.</summary>
    public abstract int Bytes { get; }

    /// <summary>Scores it on the calling thread, captures what comes of it and compares it.</summary>
    public abstract void Run(ShadowNumbers numbers);

    public void Dispose()
    {
        Free();
        shadow.Life.LetGo();
    }

    protected abstract void Free();
}
