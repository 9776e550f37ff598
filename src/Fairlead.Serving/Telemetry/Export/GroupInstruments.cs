using Fairlead.Domain.Deployments;

namespace Fairlead.Serving.Telemetry.Export;

/// <summary>The instruments of a host, for one server group.</summary>
internal sealed class GroupInstruments(HostMeter meter, ServerGroupName group)
{
    private readonly KeyValuePair<string, object?>[] labels = HostMeter.LabelsOf(group);

    public void Record(in Observation request) => meter.Record(labels, request);
}
