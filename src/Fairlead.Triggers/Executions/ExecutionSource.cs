using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Executions;

/// <summary>Ends of executions of another pipeline, in the order of their numbers among those that ended since the last look.</summary>
internal sealed class ExecutionSource(TriggerContext trigger, IExecutionCatalog catalog) : ITriggerSource
{
    private const int Page = 200;
    private readonly string pipeline = trigger.Settings.Required("pipeline");

    public string Source => pipeline;

    public TimeSpan? Interval => TimeSpan.FromSeconds(1);

    public async Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        var last = cursor is null ? null : JsonSerializer.Deserialize(cursor, CursorJson.Default.ExecutionCursor);
        var added = await ListAsync(last?.Newest ?? 0, cancellationToken).ConfigureAwait(false);
        if (last is null)
            return Look(new ExecutionCursor(added.Count == 0 ? 0 : added.Max(one => one.Number), [.. added.Where(one => !IsEnded(one.Status)).Select(one => one.Number)]), []);
        var orders = new List<FiringOrder>();
        var open = new List<int>();
        foreach (var number in last.Open.Concat(added.Select(one => one.Number)).Order())
        {
            if (added.FirstOrDefault(one => one.Number == number) is { } fresh && !IsEnded(fresh.Status)
                || await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false) is not { } execution
                || !execution.State.IsEnded)
                open.Add(number);
            else if (IsWanted(execution.State.Status))
                orders.Add(Order(execution));
        }

        var now = new ExecutionCursor(added.Count == 0 ? last.Newest : added.Max(one => one.Number), open);
        return now.Newest == last.Newest && open.SequenceEqual(last.Open) ? null : Look(now, orders);
    }

    private static TriggerLook Look(ExecutionCursor cursor, IReadOnlyList<FiringOrder> orders) => new(JsonSerializer.Serialize(cursor, CursorJson.Default.ExecutionCursor), orders);

    private async Task<List<ExecutionSummary>> ListAsync(int after, CancellationToken cancellationToken)
    {
        var found = new List<ExecutionSummary>();
        int? before = null;
        while (true)
        {
            var page = await catalog.ListAsync(new ExecutionFilter { Pipeline = pipeline, Before = before, Limit = Page }, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Where(one => one.Number > after));
            // At the first look, what is older than a page has ended or is not waited for.
            if (page.Count < Page || page[^1].Number <= after || after == 0)
                return found;
            before = page[^1].Number;
        }
    }

    private FiringOrder Order(Execution execution)
    {
        var (number, plan, state) = (execution.Number, execution.Plan, execution.State);
        var status = Word(state.Status);
        var stages = new JsonObject();
        foreach (var stage in state.Stages.Where(stage => stage.Output is not null))
            stages[stage.Name] = JsonNode.Parse(stage.Output!.Value.GetRawText());
        var inputs = new JsonObject(plan.Inputs.Select(input => KeyValuePair.Create(input.Key, JsonNode.Parse(input.Value.GetRawText()))));
        var cause = new ExecutionCause("pipeline", plan.Cause.By, $"Execution {number} of '{pipeline}' {status}.") { Commit = plan.Commit, Ref = plan.Cause.Ref, Message = plan.Cause.Message, Author = plan.Cause.Author, Link = plan.Cause.Link };
        var data = new JsonObject { ["execution"] = number, ["status"] = status, ["inputs"] = inputs, ["stages"] = stages };
        // What that one executed goes on here.
        return trigger.Fire($"execution {number}", state.FinishedAt ?? state.At, cause, data, plan.IsPinned ? plan.Commit : null);
    }

    private bool IsWanted(ExecutionStatus status) => trigger.Settings.Texts("status") is { Count: > 0 } wanted ? wanted.Contains(Word(status)) : status == ExecutionStatus.Succeeded;

    private static bool IsEnded(ExecutionStatus status) => status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Cancelled;

    private static string Word(ExecutionStatus status) => status.ToString().ToLowerInvariant();
}
