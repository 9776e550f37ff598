namespace Fairlead.Web.Pages.Views;

/// <summary>How one value of a KPI went.</summary>
public sealed record KpiChart(string Title, ChartView Chart);
