using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;
using Fairlead.Serving.Telemetry;
using Fairlead.Serving.Telemetry.Export;

namespace Fairlead.Serving.States;

/// <summary>Makes what a new server group lives on.</summary>
/// <param name="instances">Null for a host that runs no programs.</param>
/// <param name="readers">Null where contracts are not read.</param>
/// <param name="meter">Null when no numbers are exported.</param>
/// <param name="captureKey">For services that hash fields of their records.</param>
internal sealed class GroupFactory(SessionPool sessions, InstancePool? instances, IArtifactStore store, IPayloadReaders? readers, HostMeter? meter, CaptureKeyFile captureKey, TimeProvider time)
{
    /// <param name="wasKept">True at the start of a host, for what the disk kept.</param>
    /// <exception cref="FairleadException">Failed: this host runs no such service, or cannot hash what its records shall not hold.</exception>
    public GroupLife Create(DesiredServerGroup desired, bool wasKept)
    {
        var metrics = new GroupMetrics(time, meter is null ? null : new GroupInstruments(meter, desired.Name));
        var hash = desired.Service.Capture.Hash.Count == 0 ? null : captureKey.Open();
        if (desired.Service.Command is not null)
        {
            return instances is not null
                ? new GroupLife(desired, metrics, new CommandWork(desired, instances, store, readers), hash)
                : throw FairleadException.Failed($"The service '{desired.Service.Name}' is a command, and this host runs no programs; deploy it to one that does.");
        }

        return new GroupLife(desired, metrics, new ModelWork(sessions, desired.Service, metrics, time, wasKept), hash);
    }
}
