namespace Fairlead.Web.Pages.Views;

/// <summary>A labelled place on an axis of a chart, in its units.</summary>
public sealed record ChartTick(double Place, string Text);
