using Fairlead.Delivery.Measures;

namespace Fairlead.Web.Pages.Views;

/// <summary>How delivery went.</summary>
public sealed record DeliveryView(string Period, string? Environment, IReadOnlyList<DeliveryMeasureView> Measures, IReadOnlyList<DeliveryRow> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>How far back, as it was asked for.</summary>
    public string Days { get; init; } = "";

    private const int Shown = 200;

    public static DeliveryView Of(DeliveryReport report, string? environment, DateTimeOffset now) => new(
        $"{report.Since.UtcDateTime:yyyy-MM-dd HH:mm'Z'} to {report.Until.UtcDateTime:yyyy-MM-dd HH:mm'Z'}",
        environment,
        [.. (environment is null ? report.Environments.Prepend(report.Project) : report.Environments.DefaultIfEmpty(report.Project)).Select(DeliveryMeasureView.Of)],
        [.. report.Deployments.Take(Shown).Select(deployment => DeliveryRow.Of(deployment, now))],
        report.Notes);
}
