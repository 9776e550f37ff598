using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Web.Pages.Views;

/// <summary>One service in one environment.</summary>
public sealed record CellView
{
    public required string Service { get; init; }

    /// <summary>What takes traffic, the largest share first.</summary>
    public required IReadOnlyList<LiveView> Live { get; init; }

    /// <summary>Names of groups that the host is loading.</summary>
    public required IReadOnlyList<string> Preparing { get; init; }

    /// <summary>Groups that get copies of the requests, such as "v003 gets copies of 50% (late-prod-v003)".</summary>
    public required IReadOnlyList<string> Shadows { get; init; }

    /// <summary>Groups that are warm for the way back, the newest first, such as "v002 (late-prod-v002)".</summary>
    public required IReadOnlyList<string> Warm { get; init; }

    /// <summary>The newest group, when it failed: why.</summary>
    public required string? Failure { get; init; }

    public bool IsEmpty => Live.Count == 0 && Preparing.Count == 0 && Warm.Count == 0 && Shadows.Count == 0 && Failure is null;

    /// <param name="groups">All groups of the service in the environment.</param>
    public static CellView Of(string service, IReadOnlyList<ServerGroup> groups, IReadOnlyDictionary<ReleaseName, Release> releases, DateTimeOffset now)
    {
        var newest = groups.OrderByDescending(group => group.Name.Number).FirstOrDefault();
        return new CellView
        {
            Service = service,
            Live = [.. Of(groups, ServerGroupStatus.Enabled).OrderByDescending(group => group.Weight.Hundredths).Select(group => LiveView.Of(group, releases, now))],
            Preparing = [.. Of(groups, ServerGroupStatus.Preparing).Select(group => group.Name.ToString())],
            Shadows = [.. Of(groups, ServerGroupStatus.Disabled).Where(IsShadow).Select(group => $"{group.Release} gets copies of {group.Mirror} ({group.Name})")],
            Warm = [.. Of(groups, ServerGroupStatus.Disabled).Where(group => !IsShadow(group)).OrderByDescending(group => group.EnabledAt).Select(group => $"{group.Release} ({group.Name})")],
            Failure = newest is { Status: ServerGroupStatus.Failed } ? $"{newest.Name}, release {newest.Release}: {newest.Error}" : null,
        };
    }

    private static bool IsShadow(ServerGroup group) => group.Mirror != Weight.None;

    private static IEnumerable<ServerGroup> Of(IEnumerable<ServerGroup> groups, ServerGroupStatus status) => groups.Where(group => group.Status == status);
}
