namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>Why an execution began.</summary>
/// <param name="Kind">Such as <c>manual</c>, <c>pipeline</c> or <c>git</c>.</param>
/// <param name="By">Who, or what.</param>
/// <param name="Detail">For people; null for nothing more.</param>
public sealed record ExecutionCause(string Kind, string By, string? Detail = null);
