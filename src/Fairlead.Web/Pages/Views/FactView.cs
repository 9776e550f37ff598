namespace Fairlead.Web.Pages.Views;

/// <summary>A name and a value, side by side.</summary>
/// <param name="Link">Path of the page about the value, or null.</param>
public sealed record FactView(string Name, string Value, string? Link = null);
