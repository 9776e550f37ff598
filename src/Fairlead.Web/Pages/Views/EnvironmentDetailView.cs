using Fairlead.Delivery.Environments;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>One environment: what holds there and where it came from, what runs, and what a deployment would change.</summary>
public sealed record EnvironmentDetailView
{
    public required string Name { get; init; }

    /// <summary>The environment that it inherits from; null for none.</summary>
    public string? Extends { get; init; }

    public required IReadOnlyList<EnvironmentValueRow> Values { get; init; }

    public required IReadOnlyList<EnvironmentServiceRow> Services { get; init; }

    /// <summary>What deploying the newest release would change; null when there is no release.</summary>
    public EnvironmentDiff? Preview { get; init; }

    public static EnvironmentDetailView Of(EnvironmentReport report, EnvironmentDiff? preview) => new()
    {
        Name = report.Environment.Name,
        Extends = report.Environment.Extends,
        Values = [.. (report.Environment.Values ?? []).Select(value => new EnvironmentValueRow(value.Key, ConfigJson.Text(value.Value), value.From))],
        Services = [.. report.Live.Select(Row)],
        Preview = preview,
    };

    private static EnvironmentServiceRow Row(ServerGroup group) => new(
        group.Name.Service,
        group.Name.ToString(),
        group.Release.ToString(),
        group.Weight.ToString(),
        group.Service.Label,
        [.. (group.Service.Config ?? []).Where(setting => setting.Effective is not null).Select(setting => new FactView(setting.Name, ConfigJson.Text(setting.Effective!.Value)))],
        [.. (group.Service.Command?.Settings.Secrets ?? new Dictionary<string, string>()).OrderBy(secret => secret.Key, StringComparer.Ordinal).Select(secret => new FactView(secret.Key, secret.Value))]);
}
