using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;
using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.States;

/// <summary>Makes what a new server group lives on.</summary>
internal sealed class GroupFactory(SessionPool sessions, TimeProvider time)
{
    /// <param name="wasKept">True at the start of a host, for what the disk kept.</param>
    /// <exception cref="FairleadException">Failed: this host runs no such service.</exception>
    public GroupLife Create(DesiredServerGroup desired, bool wasKept)
    {
        var metrics = new GroupMetrics(time);
        if (desired.Service.Command is not null)
            throw FairleadException.Failed($"The service '{desired.Service.Name}' is a command, and this host runs no programs; run it with 'fairlead up'.");
        return new GroupLife(desired, metrics, new ModelWork(sessions, desired.Service, metrics, time, wasKept));
    }
}
