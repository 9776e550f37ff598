namespace Fairlead.Web.Pages.Views;

/// <summary>The replays, newest first.</summary>
public sealed record ReplaysView(IReadOnlyList<ReplayRow> Rows);
