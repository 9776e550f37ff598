namespace Fairlead.Web.Pages.Views;

/// <summary>One bar, of which a part is of another kind.</summary>
/// <param name="Whole">Height of all of it.</param>
/// <param name="Part">Height of the part, from the ground.</param>
/// <param name="Text">What a reader who points at it is told.</param>
public sealed record BarView(double X, double Width, double Whole, double Part, string Text);
