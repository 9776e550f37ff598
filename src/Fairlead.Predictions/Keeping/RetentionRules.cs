using Fairlead.Domain.Deployments;

namespace Fairlead.Predictions.Keeping;

/// <summary>Which predictions are kept now.</summary>
internal sealed class RetentionRules
{
    private readonly IReadOnlyDictionary<(string Environment, string Service), TimeSpan?> retentions;

    public RetentionRules(IReadOnlyList<ServerGroup> groups, DateTimeOffset now)
    {
        retentions = Retentions.Of(groups);
        Rules = [.. retentions.Where(pair => pair.Value is not null).Select(pair => new RetentionRule(pair.Key.Environment, pair.Key.Service, FirstKept(now, pair.Value!.Value)))];
    }

    public IReadOnlyList<RetentionRule> Rules { get; }

    /// <summary>From which day on some environment of a service keeps its predictions; null when one of them keeps all.</summary>
    public RetentionRule? ForEveryEnvironment(string service) =>
        retentions.Any(pair => pair.Key.Service == service && pair.Value is null) ? null : Rules.Where(rule => rule.Service == service).MinBy(rule => rule.FirstKept);

    // Whole days: one is kept until its last moment is too old.
    private static DateOnly FirstKept(DateTimeOffset now, TimeSpan retention) =>
        retention >= now - DateTimeOffset.UnixEpoch ? DateOnly.MinValue : DateOnly.FromDateTime((now - retention).UtcDateTime);
}
