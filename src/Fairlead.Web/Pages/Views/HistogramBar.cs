namespace Fairlead.Web.Pages.Views;

/// <summary>One cell of a histogram, both sides, in its units.</summary>
/// <param name="Text">Label and both shares, for whoever points at it.</param>
public sealed record HistogramBar(double X, double Width, double Reference, double Live, string Text);
