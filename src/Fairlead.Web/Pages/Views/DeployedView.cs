using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>One server group of a release.</summary>
public sealed record DeployedView(string ServerGroup, string Environment, StatusView Status, string Weight, TimeView At, string By, string? Error)
{
    internal static DeployedView Of(ServerGroup group, DateTimeOffset now) => new(
        group.Name.ToString(),
        group.Name.Environment,
        StatusView.Of(group.Status),
        group.Status == ServerGroupStatus.Enabled ? group.Weight.ToString() : "",
        TimeView.Of(group.EnabledAt ?? group.CreatedAt, now),
        group.EnabledBy ?? group.CreatedBy,
        group.Error);
}
