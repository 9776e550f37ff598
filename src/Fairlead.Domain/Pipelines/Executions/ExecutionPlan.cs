using System.Text.Json;
using Fairlead.Domain.Pipelines.Judgments;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>What an execution executes: the pipeline as it was when it began, templates expanded and inputs given. It never changes.</summary>
public sealed record ExecutionPlan
{
    public required string Pipeline { get; init; }

    public required ExecutionCause Cause { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By name, with the defaults of those that were not given.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Inputs { get; init; }

    public required PipelineConcurrency Concurrency { get; init; }

    /// <summary>With those of the pipelines that it executes; empty for one that another execution began.</summary>
    public required IReadOnlyList<string> Locks { get; init; }

    /// <summary>Each after those that it comes after.</summary>
    public required IReadOnlyList<StageDefinition> Stages { get; init; }

    /// <summary>The activity of another execution that began it, such as <c>7/rollout/1/start</c>; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>What it is known by to who wanted it, such as a trigger's firing; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The commit that the project file was at; null when nobody knows.</summary>
    public string? Commit { get; init; }

    /// <summary>By environment, for those that say who may judge.</summary>
    public IReadOnlyDictionary<string, JudgmentRule> JudgmentRules { get => field ?? new Dictionary<string, JudgmentRule>(); init; }

    /// <summary>True: the plan, steps, scripts and releases are of <see cref="Commit"/>, whatever the work tree holds.</summary>
    public bool IsPinned { get; init; }
}
