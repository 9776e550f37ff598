namespace Fairlead.Web.Pages.Views;

/// <summary>A prediction in a list.</summary>
/// <param name="Output">Its outputs in a line, cut to what fits.</param>
public sealed record PredictionRow(
    string Id, TimeView At, string Environment, string Service, string ServerGroup, string Output, StatusView Status, string Latency);
