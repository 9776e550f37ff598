using System.Globalization;
using Fairlead.Delivery.Measures;

namespace Fairlead.Web.Pages.Views;

/// <summary>How delivery went in an environment, or in the whole project.</summary>
public sealed record DeliveryMeasureView(string Title, string Anchor, IReadOnlyList<FactView> Facts, BarsView Bars)
{
    public static DeliveryMeasureView Of(DeliveryMeasure measure, int index) => new(
        measure.Environment ?? "The whole project",
        $"measure-{index}",
        [
            new FactView("Deployments", $"{measure.Deployments}, {measure.PerWeek.ToString("0.#", CultureInfo.InvariantCulture)} a week"),
            new FactView("Failed", measure.FailureRate is { } rate ? $"{measure.Failed}, {(rate * 100).ToString("0.#", CultureInfo.InvariantCulture)} %" : "–"),
            new FactView("Lead time of changes", Text(measure.LeadTime, "change")),
            new FactView("Time to restore", Text(measure.TimeToRestore, "failure") + (measure.Unrestored > 0 ? $"; {measure.Unrestored} not restored yet" : "")),
            new FactView("Waiting for judgment", Text(measure.JudgmentWait, "judgment") + (measure.Waiting > 0 ? $"; {measure.Waiting} wait now" : "")),
        ],
        BarsView.Of(measure.Counts));

    private static string Text(Spread? spread, string of) => spread is null ? "–"
        : $"{Time(spread.Median)} median, {Time(spread.Ninetieth)} for nine of ten ({spread.Count} {of}{(spread.Count == 1 ? "" : "s")})";

    internal static string Time(double seconds) => TimeSpan.FromSeconds(seconds) is { TotalDays: >= 2 } days ? $"{days.TotalDays.ToString("0.#", CultureInfo.InvariantCulture)} days" : PageText.Duration(TimeSpan.FromSeconds(seconds));
}
