using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Web.Pages.Views;

/// <summary>A server group that takes traffic.</summary>
public sealed record LiveView
{
    public required string ServerGroup { get; init; }

    /// <summary>Such as "90%".</summary>
    public required string Weight { get; init; }

    /// <summary>0 to 100, for the bar.</summary>
    public required int Percent { get; init; }

    public required string Release { get; init; }

    /// <summary>Null when the release's record is not at hand.</summary>
    public required CommitView? Commit { get; init; }

    public required string Model { get; init; }

    /// <summary>The runs that made its models; none for a command service.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    public required TimeView Since { get; init; }

    public required string By { get; init; }

    public static LiveView Of(ServerGroup group, IReadOnlyDictionary<ReleaseName, Release> releases, DateTimeOffset now) => new()
    {
        ServerGroup = group.Name.ToString(),
        Weight = group.Weight.ToString(),
        Percent = Math.Max(1, group.Weight.Hundredths / 100),
        Release = group.Release.ToString(),
        Commit = releases.TryGetValue(group.Release, out var release) ? CommitView.Of(release.Commit) : null,
        Model = group.Service.Label,
        Runs = [.. group.Service.Models.Select(model => model.Run.ToString())],
        Since = TimeView.Of(group.EnabledAt ?? group.CreatedAt, now),
        By = group.EnabledBy ?? group.CreatedBy,
    };
}
