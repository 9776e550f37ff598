namespace Fairlead.Web.Pages.Views;

/// <summary>How long a service's predictions are kept in an environment, and what there is of them.</summary>
/// <param name="Oldest">Null when there are none.</param>
public sealed record RetentionRow(string Environment, string Service, string Kept, TimeView? Oldest, string Rows, string Size);
