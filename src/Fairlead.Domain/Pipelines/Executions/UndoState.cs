namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>The undoing of one stage.</summary>
/// <param name="Order">Lower ones first.</param>
public sealed record UndoState(int Order, UndoStatus Status)
{
    public const int MaxAttempts = 3;

    /// <summary>From 1 while it runs.</summary>
    public int Attempt { get; init; }

    public ActivityState? Activity { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public string? Error { get; init; }
}
