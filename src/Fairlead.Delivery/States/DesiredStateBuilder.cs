using Fairlead.Domain.Deployments;

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
        var environments = project.Environments.Concat(wanted.Select(group => group.Name.Environment)).Distinct(StringComparer.Ordinal);
        return new DesiredState { Version = version, Project = project.Name, Environments = [.. environments], ServerGroups = wanted };
    }

    private static DesiredServerGroup Describe(ServerGroup group) => new()
    {
        Name = group.Name,
        Release = group.Release,
        Model = group.Service.Model.Model,
        ModelVersion = group.Service.Model.Number,
        Artifact = group.Service.Model.Artifact,
        Signature = group.Service.Model.Signature,
        Run = group.Service.Model.Run,
        Configuration = group.Configuration,
        Weight = group.Weight,
        Durability = group.Service.Durability,
    };
}
