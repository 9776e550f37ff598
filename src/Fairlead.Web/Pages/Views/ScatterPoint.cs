namespace Fairlead.Web.Pages.Views;

/// <summary>A point of a scatter plot, in the units of its values.</summary>
/// <param name="Label">What is told when it is pointed at.</param>
/// <param name="IsMarked">True for the one that matters.</param>
public sealed record ScatterPoint(double X, double Y, string Label, bool IsMarked);
