using Fairlead.Domain.Deployments;

namespace Fairlead.Predictions.Keeping;

/// <summary>How long predictions are kept, by what the newest release of each service says that is or was live in each environment.</summary>
public static class Retentions
{
    /// <returns>Null: for ever.</returns>
    public static IReadOnlyDictionary<(string Environment, string Service), TimeSpan?> Of(IReadOnlyList<ServerGroup> groups) => groups
        .GroupBy(group => (group.Name.Environment, group.Name.Service))
        .ToDictionary(pair => pair.Key, pair => Newest(pair).Service.Capture.Retention);

    // A group that never took traffic says nothing yet of what the service wants.
    private static ServerGroup Newest(IEnumerable<ServerGroup> groups) =>
        groups.OrderByDescending(group => group.EnabledAt is not null).ThenByDescending(group => group.Name.Number).First();
}
