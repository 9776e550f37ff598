using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Stages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>Engines for tests.</summary>
internal static class Engines
{
    public static readonly StageCatalog Stages = new([.. StageCatalog.Standard.All, new EffectStage()]);

    public static PipelineEngine Create(IExecutionCatalog catalog, ProjectDefinition project, string owner, params IActivity[] activities) =>
        Create(catalog, project, new PipelineEngineOptions { Owner = owner, IsGone = _ => true }, activities);

    public static PipelineEngine Create(IExecutionCatalog catalog, ProjectDefinition project, PipelineEngineOptions options, params IActivity[] activities) =>
        Create(catalog, project, options, TimeProvider.System, activities);

    public static PipelineEngine Create(IExecutionCatalog catalog, ProjectDefinition project, PipelineEngineOptions options, TimeProvider time, params IActivity[] activities) =>
        new(catalog, new FixedWorkspace(project), [new EvaluateActivity(new TrueEvaluator()), new EvidenceActivity([], TimeProvider.System, NullLogger.Instance), .. activities], Stages, options, time, NullLogger<PipelineEngine>.Instance);

    public static async Task<Execution> EndAsync(this PipelineEngine engine, int number, CancellationToken cancellationToken)
    {
        var execution = await engine.WaitAsync(number, 0, cancellationToken);
        while (!execution.State.IsEnded)
            execution = await engine.WaitAsync(number, execution.Version, cancellationToken);
        return execution;
    }

    /// <summary>A pipeline with everything in it: branches, retries, waits, conditions, a judgment, another pipeline, and a failure that undoes it all.</summary>
    public static ProjectDefinition Whole { get; } = Sample.Project(
        Sample.Pipeline(
            "whole",
            Sample.Stage("a", "effect") with { When = "true" },
            Sample.Stage("b", "effect", """{"fails":1}""", "a") with { Retries = 2, Backoff = TimeSpan.FromMilliseconds(5) },
            Sample.Stage("c", "effect", "{}", "a") with { When = "false" },
            Sample.Stage("w", "wait", """{"for":"0s"}""", "a"),
            Sample.Stage("j", "judgment", """{"question":"Good?"}""", "b", "c", "w"),
            Sample.Stage("n", "pipeline", """{"pipeline":"inner"}""", "j") with { Check = "true" },
            Sample.Stage("z", "effect", """{"fails":9}""", "n") with { OnFailure = StageFailurePolicy.Rollback }) with { Locks = ["one"] },
        Sample.Pipeline("inner", Sample.Stage("i", "effect")) with { Locks = ["one", "two"] });
}
