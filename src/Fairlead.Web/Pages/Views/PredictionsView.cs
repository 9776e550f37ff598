namespace Fairlead.Web.Pages.Views;

/// <summary>The latest predictions, and the search for one.</summary>
/// <param name="Search">What was looked for, or empty.</param>
/// <param name="Problem">Why that cannot be found, or null.</param>
/// <param name="Rows">Newest first.</param>
public sealed record PredictionsView(string Search, string? Problem, IReadOnlyList<PredictionRow> Rows);
