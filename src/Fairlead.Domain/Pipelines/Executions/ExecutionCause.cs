namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>Why an execution began.</summary>
/// <param name="Kind">Such as <c>manual</c>, <c>pipeline</c> or <c>git</c>.</param>
/// <param name="By">Who, or what.</param>
/// <param name="Detail">For people; null for nothing more.</param>
public sealed record ExecutionCause(string Kind, string By, string? Detail = null)
{
    /// <summary>Name of the trigger, such as <c>release/git</c>; null for none.</summary>
    public string? Trigger { get; init; }

    /// <summary>Full object name of the commit that it is about.</summary>
    public string? Commit { get; init; }

    /// <summary>The branch or tag, such as <c>main</c>.</summary>
    public string? Ref { get; init; }

    /// <summary>First line of the commit's message.</summary>
    public string? Message { get; init; }

    /// <summary>Who wrote the commit.</summary>
    public string? Author { get; init; }

    /// <summary>Where people see more of it; an absolute URL.</summary>
    public string? Link { get; init; }

    /// <summary>Number of the entry of the audit log by which it was asked for; null when no call asked for it.</summary>
    public long? Entry { get; init; }
}
