namespace Fairlead.Web.Pages.Views;

/// <summary>Executions, newest first.</summary>
/// <param name="Next">Before which number there are more; null when there are none.</param>
public sealed record ExecutionsView(IReadOnlyList<ExecutionRow> Rows, int? Next);
