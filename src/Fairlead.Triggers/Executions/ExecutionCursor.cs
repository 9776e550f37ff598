namespace Fairlead.Triggers.Executions;

/// <summary>How far executions were seen.</summary>
/// <param name="Newest">The highest number.</param>
/// <param name="Open">Those up to it that had not ended.</param>
internal sealed record ExecutionCursor(int Newest, IReadOnlyList<int> Open);
