using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Web.Pages.Views;

/// <summary>One release and where it went.</summary>
public sealed record ReleaseView
{
    public required ReleaseRow Release { get; init; }

    public required IReadOnlyList<ReleasedServiceView> Services { get; init; }

    /// <summary>Its server groups, newest first.</summary>
    public required IReadOnlyList<DeployedView> ServerGroups { get; init; }

    /// <param name="groups">All recorded groups, newest first.</param>
    public static ReleaseView Of(Release release, IReadOnlyList<ServerGroup> groups, DateTimeOffset now) => new()
    {
        Release = ReleaseRow.Of(release, groups, now),
        Services = [.. release.Services.Select(ReleasedServiceView.Of)],
        ServerGroups = [.. groups.Where(group => group.Release == release.Name).Select(group => DeployedView.Of(group, now))],
    };
}
