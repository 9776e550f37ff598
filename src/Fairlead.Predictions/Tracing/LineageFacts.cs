using System.Globalization;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing;

/// <summary>What a trace tells of each thing.</summary>
internal static class LineageFacts
{
    public static Dictionary<string, string> Of(DatasetVersion version) => new()
    {
        ["digest"] = version.Artifact.Digest.ToString(),
        ["bytes"] = version.Artifact.Size.ToString(CultureInfo.InvariantCulture),
        ["path"] = version.Path,
        ["registered"] = $"{Time(version.RegisteredAt)} by {version.RegisteredBy}",
    };

    public static Dictionary<string, string> Of(Run run)
    {
        var facts = new Dictionary<string, string>
        {
            ["status"] = Word(run.Status),
            ["commit"] = Text(run.Commit),
            ["started"] = $"{Time(run.StartedAt)} by {run.StartedBy} on {run.Machine}",
        };
        if (run.Parameters.Count > 0)
            facts["parameters"] = string.Join(", ", run.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
        if (run.Metrics.Count > 0)
            facts["metrics"] = string.Join(", ", run.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.######}")));
        return facts;
    }

    public static Dictionary<string, string> Of(ModelVersion version) => new()
    {
        ["digest"] = version.Artifact.Digest.ToString(),
        ["made by"] = version.Run.ToString(),
    };

    public static Dictionary<string, string> Of(Release release) => new()
    {
        ["commit"] = Text(release.Commit),
        ["services"] = string.Join(", ", release.Services.Select(service => service.Name)),
        ["released"] = $"{Time(release.CreatedAt)} by {release.CreatedBy}",
    };

    public static Dictionary<string, string> Of(ServerGroup group, GroupPredictions? predictions)
    {
        var facts = new Dictionary<string, string>
        {
            ["runs"] = group.Service.Label,
            ["status"] = Word(group.Status),
            ["traffic"] = group.Weight.ToString(),
            ["deployed"] = $"{Time(group.CreatedAt)} by {group.CreatedBy}",
            ["predictions"] = (predictions?.Count ?? 0).ToString("N0", CultureInfo.InvariantCulture),
        };
        if (group.Experiment is { } experiment)
            facts["experiment"] = experiment;
        if (predictions is not null)
            facts["answered"] = $"{Time(predictions.First)} to {Time(predictions.Last)}";
        return facts;
    }

    private static string Text(CommitState commit) => commit.Commit + (commit.IsDirty ? " with uncommitted changes" : "");

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
