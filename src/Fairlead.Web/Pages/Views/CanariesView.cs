namespace Fairlead.Web.Pages.Views;

/// <summary>Looks at canaries, newest first.</summary>
public sealed record CanariesView(IReadOnlyList<CanaryRow> Rows);
