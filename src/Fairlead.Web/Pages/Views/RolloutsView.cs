namespace Fairlead.Web.Pages.Views;

/// <summary>Rollouts, newest first.</summary>
/// <param name="Environment">Only of this one; null for all.</param>
public sealed record RolloutsView(IReadOnlyList<RolloutRow> Rows, string? Environment);
