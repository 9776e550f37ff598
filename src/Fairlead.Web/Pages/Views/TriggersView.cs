namespace Fairlead.Web.Pages.Views;

/// <summary>The page of triggers.</summary>
public sealed record TriggersView(IReadOnlyList<TriggerRow> Rows);
