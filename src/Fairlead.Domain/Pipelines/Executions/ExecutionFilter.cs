namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>Which executions are wanted; newest first.</summary>
public sealed record ExecutionFilter
{
    public string? Pipeline { get; init; }

    /// <summary>True: only those that have not ended.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Only those with a smaller number: the next page.</summary>
    public int? Before { get; init; }

    public int Limit { get; init; } = 50;
}
