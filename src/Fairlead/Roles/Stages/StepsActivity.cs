using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Steps;
using Fairlead.Steps.Workspace;

namespace Fairlead.Roles.Stages;

/// <summary>Runs steps for a stage, of the execution's commit where it has one; run again, what was done is reused.</summary>
internal sealed class StepsActivity(StepEngine engine, CommitCheckouts checkouts) : IActivity
{
    public string Kind => "steps";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var order = new RunOrder
        {
            Steps = [.. call.Input.GetProperty("steps").EnumerateArray().Select(step => step.GetString()!)],
            KeepGoing = call.Input.GetProperty("keepGoing").GetBoolean(),
            User = call.Input.GetProperty("user").GetString()!,
        };
        using var checkout = call.Plan is { IsPinned: true, Commit: { } commit } ? await checkouts.TakeAsync(commit, cancellationToken) : null;
        var report = await (checkout is null ? engine : engine.At(checkout.Workspace)).RunAsync(order, _ => call.Heartbeat(), cancellationToken);
        if (!report.Succeeded)
        {
            var failures = report.Steps.Where(step => step.Outcome is StepOutcome.Failed or StepOutcome.Skipped).Select(step => $"'{step.Step}': {step.Reason}");
            return ActivityOutcome.Failed($"Steps failed: {string.Join("; ", failures)}");
        }

        var ran = report.Steps.Where(step => step.Run is not null).ToList();
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["commit"] = report.Commit.Commit,
            ["runs"] = new JsonObject(ran.Select(step => KeyValuePair.Create(step.Step, (JsonNode?)JsonValue.Create(step.Run!.Id.ToString())))),
            ["metrics"] = new JsonObject(ran.Where(step => step.Run!.Metrics.Count > 0).Select(step => KeyValuePair.Create(step.Step, (JsonNode?)MetricTree.Of(step.Run!.Metrics)))),
        }));
    }
}
