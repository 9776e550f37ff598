using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Planning;

/// <summary>What an execution would do.</summary>
public static class DryRun
{
    /// <returns>In the order in which they would begin at the earliest.</returns>
    public static IReadOnlyList<PlannedStage> Describe(ExecutionPlan plan)
    {
        var data = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["inputs"] = new JsonObject(plan.Inputs.Select(input => KeyValuePair.Create(input.Key, JsonNode.Parse(input.Value.GetRawText())))),
        });
        return [.. plan.Stages.Select(stage => new PlannedStage(
            stage.Name, stage.Kind, stage.After, stage.When, stage.Check, Rendering.Fill(stage.Settings, data, ["inputs"], out _)))];
    }
}
