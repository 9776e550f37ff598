using Fairlead.Domain.Deployments;

namespace Fairlead.Serving.Routing;

/// <summary>What answers for a server group: a model in this process, or the instances of a command.</summary>
internal abstract class GroupWork
{
    /// <summary>Full names of the gRPC services that its contract declares, known once it is prepared.</summary>
    public virtual IReadOnlyList<string> GrpcServices => [];

    /// <summary>False while nothing would take a request.</summary>
    public virtual bool IsReady => true;

    /// <summary>Brings it to where it can answer.</summary>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Why it cannot.</exception>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>The desired state says how many instances there are to be; returns at once.</summary>
    public virtual void Resize(DesiredServerGroup desired)
    {
    }

    /// <summary>Called once, when no route leads to it any more.</summary>
    public abstract void Release();
}
