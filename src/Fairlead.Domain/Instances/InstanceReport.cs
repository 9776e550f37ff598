using Fairlead.Domain.Deployments;

namespace Fairlead.Domain.Instances;

/// <summary>One instance as its host sees it.</summary>
/// <param name="Label">Process id or pod, empty while none runs.</param>
/// <param name="Restarts">How often it was started again since its server group came.</param>
/// <param name="Message">Why it is not ready, when it is not.</param>
public sealed record InstanceReport(ServerGroupName ServerGroup, int Number, InstanceState State, string Label, int Restarts, string? Message);
