namespace Fairlead.Web.Pages.Views;

/// <summary>The last report of everything that is live.</summary>
public sealed record DriftsView(IReadOnlyList<DriftRow> Rows);
