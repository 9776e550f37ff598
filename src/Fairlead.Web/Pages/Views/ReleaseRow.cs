using Fairlead.Domain.Releases;

namespace Fairlead.Web.Pages.Views;

/// <summary>A release in a list.</summary>
/// <param name="Services">Such as "late (late@3)".</param>
/// <param name="LiveIn">Environments in which it takes traffic.</param>
public sealed record ReleaseRow(string Name, CommitView Commit, string Services, IReadOnlyList<string> LiveIn, TimeView CreatedAt, string CreatedBy)
{
    public static ReleaseRow Of(Release release, IEnumerable<Domain.Deployments.ServerGroup> groups, DateTimeOffset now) => new(
        release.Name.ToString(),
        CommitView.Of(release.Commit),
        string.Join(", ", release.Services.Select(service => $"{service.Name} ({service.Label})")),
        [.. groups
            .Where(group => group.Release == release.Name && group.Status == Domain.Deployments.ServerGroupStatus.Enabled)
            .Select(group => group.Name.Environment)
            .Distinct(StringComparer.Ordinal)],
        TimeView.Of(release.CreatedAt, now),
        release.CreatedBy);
}
