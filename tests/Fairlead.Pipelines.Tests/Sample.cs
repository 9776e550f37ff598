using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Tests;

internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    public static StageDefinition Stage(string name, string kind, string settings = "{}", params string[] after) =>
        new() { Name = name, Kind = kind, Settings = Json(settings), After = after };

    public static StageDefinition Script(string name, params string[] after) => Stage(name, "script", """{"run":"true"}""", after);

    public static ExecutionPlan Plan(params StageDefinition[] stages) => new()
    {
        Pipeline = "release",
        Cause = new ExecutionCause("manual", "ann"),
        CreatedAt = Start,
        Inputs = new Dictionary<string, JsonElement>(),
        Concurrency = PipelineConcurrency.Queue,
        Locks = [],
        Stages = StageOrder.Sort(stages)!,
    };

    public static ProjectDefinition Project(params PipelineDefinition[] pipelines) => new() { Name = "sample", Pipelines = pipelines };

    public static PipelineDefinition Pipeline(string name, params StageDefinition[] stages) => new() { Name = name, Stages = stages };
}
