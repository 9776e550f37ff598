namespace Fairlead.Web.Pages.Views;

/// <summary>The sweeps, newest first.</summary>
public sealed record SweepsView(IReadOnlyList<SweepRow> Rows);
