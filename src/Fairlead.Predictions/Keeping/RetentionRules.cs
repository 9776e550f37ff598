using Fairlead.Domain.Deployments;

namespace Fairlead.Predictions.Keeping;

/// <summary>Which predictions are kept, by what the newest release of each service says that is or was live in each environment.</summary>
internal sealed class RetentionRules
{
    private readonly Dictionary<(string Environment, string Service), TimeSpan?> retentions;

    public RetentionRules(IReadOnlyList<ServerGroup> groups, DateTimeOffset now)
    {
        retentions = groups
            .GroupBy(group => (group.Name.Environment, group.Name.Service))
            .ToDictionary(pair => pair.Key, pair => Newest(pair).Service.Capture.Retention);
        Rules = [.. retentions.Where(pair => pair.Value is not null).Select(pair => new RetentionRule(pair.Key.Environment, pair.Key.Service, FirstKept(now, pair.Value!.Value)))];
    }

    public IReadOnlyList<RetentionRule> Rules { get; }

    /// <summary>From which day on some environment of a service keeps its predictions; null when one of them keeps all.</summary>
    public RetentionRule? ForEveryEnvironment(string service) =>
        retentions.Any(pair => pair.Key.Service == service && pair.Value is null) ? null : Rules.Where(rule => rule.Service == service).MinBy(rule => rule.FirstKept);

    // A group that never took traffic says nothing yet of what the service wants.
    private static ServerGroup Newest(IEnumerable<ServerGroup> groups) =>
        groups.OrderByDescending(group => group.EnabledAt is not null).ThenByDescending(group => group.Name.Number).First();

    // Whole days: one is kept until its last moment is too old.
    private static DateOnly FirstKept(DateTimeOffset now, TimeSpan retention) =>
        retention >= now - DateTimeOffset.UnixEpoch ? DateOnly.MinValue : DateOnly.FromDateTime((now - retention).UtcDateTime);
}
