namespace Fairlead.Web.Pages.Views;

/// <summary>One environment: a cell for each service, in the order of the columns.</summary>
public sealed record EnvironmentView(string Name, IReadOnlyList<CellView> Cells);
