using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Instances;

/// <summary>One instance of a command service to be started.</summary>
/// <param name="Number">From 1; a restarted instance keeps its number.</param>
public sealed record InstanceOrder(ServerGroupName ServerGroup, int Number, ReleasedCommand Command)
{
    /// <summary>The release of the command; <c>default</c> when it is of none.</summary>
    public ReleaseName Release { get; init; }

    /// <summary>Settings of the service with what its environment gives them; null for none.</summary>
    public IReadOnlyList<ConfigSetting>? Config { get; init; }
}
