namespace Fairlead.Web.Pages.Views;

/// <summary>One run's values of a metric over its positions.</summary>
/// <param name="Label">Name of the run.</param>
/// <param name="Class">Class of its colour and its dashes.</param>
/// <param name="Path">Path data.</param>
public sealed record CurveLine(string Label, string Class, string Path);
