using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;

namespace Fairlead.Delivery.States;

/// <summary>Makes the desired state that follows from the recorded server groups.</summary>
internal static class DesiredStateBuilder
{
    public static DesiredState Build(long version, KnownProject project, IEnumerable<ServerGroup> groups)
    {
        var wanted = groups
            .Where(group => group.Status is ServerGroupStatus.Preparing or ServerGroupStatus.Enabled or ServerGroupStatus.Disabled)
            .OrderBy(group => group.Name.Environment, StringComparer.Ordinal)
            .ThenBy(group => group.Name.Service, StringComparer.Ordinal)
            .ThenBy(group => group.Name.Number)
            .Select(Describe)
            .ToList();

        // An environment that was taken out of the project file goes on serving until somebody takes its groups away.
        var environments = project.Environments.Concat(wanted.Select(group => new EnvironmentDefinition(group.Name.Environment))).DistinctBy(environment => environment.Name, StringComparer.Ordinal);
        return new DesiredState { Version = version, Project = project.Name, Environments = [.. environments.Select(environment => environment with { Values = null })], ServerGroups = wanted };
    }

    private static DesiredServerGroup Describe(ServerGroup group) => new()
    {
        Name = group.Name,
        Release = group.Release,
        Service = group.Service,
        Configuration = group.Configuration,
        Weight = group.Weight,
        Mirror = group.Mirror,
        Experiment = group.Experiment,
        Instances = group.Instances,
        IsBaseline = group.IsBaseline,
    };
}
