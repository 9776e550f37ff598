namespace Fairlead.Web.Pages.Views;

/// <summary>Something that a person may do, as a button.</summary>
/// <param name="Path">That it is sent to.</param>
/// <param name="Says">What comes of it; where that cannot be taken back, it is read before the button is seen.</param>
public sealed record ChangeView(string Label, string Path, string Says, bool IsGrave);
