using Fairlead.Delivery.Measures;

namespace Fairlead.Web.Pages.Views;

/// <summary>A deployment that was measured.</summary>
public sealed record DeliveryRow(int Rollout, string Environment, string Release, TimeView At, StatusView Status, string Restored, string Changes, string LeadTime, string By)
{
    public static DeliveryRow Of(MeasuredDeployment deployment, DateTimeOffset now) => new(
        deployment.Rollout,
        deployment.Environment,
        deployment.Release,
        TimeView.Of(deployment.At, now),
        deployment.IsFailed ? new StatusView("failed", StatusView.Bad) : deployment.LiveAt is null ? new StatusView("under way", StatusView.Busy) : new StatusView("live", StatusView.Good),
        deployment.RestoredAt is { } restored ? $"after {DeliveryMeasureView.Time((restored - deployment.At).TotalSeconds)}{(deployment.RolledBackBy is { } by ? $" by rollout {by}" : "")}" : "",
        $"{deployment.Changes}",
        deployment.LeadTime is { } lead ? DeliveryMeasureView.Time(lead.Median) : "–",
        deployment.By);
}
