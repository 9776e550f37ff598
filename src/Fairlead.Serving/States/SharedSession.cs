using Fairlead.Domain.Artifacts;
using Fairlead.Inference;

namespace Fairlead.Serving.States;

/// <summary>A session and how many use it.</summary>
internal sealed class SharedSession(Digest digest, IModelSession session)
{
    public Digest Digest => digest;

    public IModelSession Session => session;

    /// <summary>Guarded by the pool's lock.</summary>
    public int Users { get; set; }
}
