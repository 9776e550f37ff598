using System.Threading.Channels;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Conditions;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps;

/// <summary>
/// One passage through the graph. Steps whose needs are settled are looked up together, wave by wave; what has no recorded run is executed,
/// a bounded number on their way at a time, the longest way first.
/// </summary>
internal sealed class StepInvocation
{
    /// <summary>In a larger graph steps that need no execution are told by their number.</summary>
    private const int MostToldAlone = 100;

    private readonly IReadOnlyList<StepDefinition> steps;
    private readonly StepLinks links;
    private readonly StepPlanner planner;
    private readonly StepConditions conditions;
    private readonly StepCache cache;
    private readonly StepExecutor executor;
    private readonly RunContext context;
    private readonly Dictionary<string, int> positions;
    private readonly StepResult?[] results;
    private readonly int[] missing;
    private readonly int[] heights;
    private readonly PriorityQueue<int, (int Height, int Position)> waiting = new();
    private readonly Channel<Task<(int Index, StepResult Result)>> ended = Channel.CreateUnbounded<Task<(int, StepResult)>>(new UnboundedChannelOptions { SingleReader = true });
    private bool[] wanted = [];
    private int settled;
    private int onTheirWay;

    /// <param name="steps">Each after what it needs.</param>
    public StepInvocation(
        IReadOnlyList<StepDefinition> steps, StepLinks links, StepPlanner planner, StepConditions conditions, StepCache cache, StepExecutor executor, RunContext context)
    {
        (this.steps, this.links, this.planner, this.conditions, this.cache, this.executor, this.context) = (steps, links, planner, conditions, cache, executor, context);
        positions = new Dictionary<string, int>(steps.Count, StringComparer.Ordinal);
        for (var index = 0; index < steps.Count; index++)
            positions.Add(steps[index].Name, index);
        results = new StepResult?[steps.Count];
        missing = [.. links.Needs.Select(needs => needs.Length)];
        heights = links.Heights();
    }

    /// <returns>In the order of the steps.</returns>
    public async Task<IReadOnlyList<StepResult>> RunAsync(CancellationToken cancellationToken)
    {
        wanted = await conditions.DecideAsync(steps, cancellationToken);
        context.Events.Emit(new GraphRead(steps.Count));
        // Whatever goes wrong, nothing of this goes on after it is over.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await SettleAsync([.. Enumerable.Range(0, steps.Count).Where(index => missing[index] == 0)], ending.Token);
            while (settled < steps.Count)
            {
                Begin(ending.Token);
                if (onTheirWay == 0)
                    continue;
                var execution = await ended.Reader.ReadAsync(CancellationToken.None);
                onTheirWay--;
                var (index, result) = await execution;
                await SettleAsync(Settle(index, result), ending.Token);
            }
        }
        finally
        {
            if (onTheirWay > 0)
            {
                await ending.CancelAsync();
                for (; onTheirWay > 0; onTheirWay--)
                    await (await ended.Reader.ReadAsync(CancellationToken.None)).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }

        return results!;
    }

    private void Begin(CancellationToken cancellationToken)
    {
        while (onTheirWay < executor.Window && waiting.TryDequeue(out var index, out _))
        {
            if (context.Stop?.Step is { } failed)
            {
                SkipFrom(index, $"'{failed}' failed before");
                continue;
            }

            onTheirWay++;
            _ = ExecuteAsync(index, cancellationToken)
                .ContinueWith(execution => ended.Writer.TryWrite(execution), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<(int Index, StepResult Result)> ExecuteAsync(int index, CancellationToken cancellationToken) =>
        (index, await executor.ExecuteAsync(this, planner, Plan(index), StepGates.RequestOf(steps[index], heights[index], index), context, cancellationToken));

    /// <summary>Looks up steps whose needs are settled, and those that become so by it, until only steps that must be executed are left.</summary>
    private async Task SettleAsync(List<int> ready, CancellationToken cancellationToken)
    {
        while (ready.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var keyed = new List<(int Index, Digest Key)>(ready.Count);
            var next = new List<int>();
            var (cached, unwanted) = (0, 0);
            foreach (var index in ready)
            {
                if (await LeftOutAsync(index, cancellationToken) is not { } left)
                {
                    keyed.Add((index, planner.KeyOf(steps[index], RunOf)));
                    continue;
                }

                unwanted += left.Outcome == StepOutcome.Unwanted ? 1 : 0;
                if (steps.Count <= MostToldAlone && left.Outcome == StepOutcome.Unwanted)
                    context.Events.Emit(new StepUnwanted(left.Step, left.Reason));
                next.AddRange(Settle(index, left));
            }

            foreach (var series in keyed.GroupBy(pair => steps[pair.Index].Family, StringComparer.Ordinal))
            {
                var found = await cache.FindAsync(series.Key, [.. series.Select(pair => pair.Key)], cancellationToken);
                foreach (var (index, key) in series)
                {
                    if (!found.TryGetValue(key, out var run))
                    {
                        waiting.Enqueue(index, (-heights[index], index));
                        continue;
                    }

                    cached++;
                    var reason = StepCache.ReasonOf(run);
                    if (steps.Count <= MostToldAlone)
                        context.Events.Emit(new StepCached(run.Id, steps[index].Name, reason));
                    next.AddRange(Settle(index, new StepResult(steps[index].Name, run, StepOutcome.Cached, reason)));
                }
            }

            if (steps.Count > MostToldAlone && cached + unwanted > 0)
                context.Events.Emit(new StepsPassed(cached, unwanted));
            ready = next;
        }
    }

    /// <summary>The result of a step that is not looked up, because of what it needs or because its condition does not hold.</summary>
    private async ValueTask<StepResult?> LeftOutAsync(int index, CancellationToken cancellationToken)
    {
        var step = steps[index];
        if (links.Needs[index].Select(need => results[need]!).FirstOrDefault(IsBroken) is { } broken)
            return new StepResult(step.Name, null, StepOutcome.Skipped, broken.Outcome == StepOutcome.Failed ? $"'{broken.Step}' failed" : $"'{broken.Step}' was skipped");
        if (LacksInput(step) is { } lacking)
            return new StepResult(step.Name, null, StepOutcome.Unwanted, $"'{lacking}' is not wanted");
        var isWanted = StepConditions.NeedsMetrics(step) ? await conditions.DecideAsync(step, RunOf, cancellationToken) : wanted[index];
        return isWanted ? null : new StepResult(step.Name, null, StepOutcome.Unwanted, $"not wanted: {step.When}");
    }

    /// <summary>A step that is needed and was left out; of many that are read together one that is there is enough.</summary>
    private string? LacksInput(StepDefinition step)
    {
        foreach (var input in step.Inputs.Where(input => input.Step is not null))
        {
            if (input.FanIn.Count == 0 ? RunOf(input.Step!) is null : input.FanIn.All(variant => RunOf(variant.Step) is null))
                return input.Step;
        }

        return null;
    }

    private RunBrief? RunOf(string step) => results[positions[step]]!.Run;

    private PlannedStep Plan(int index) => planner.Plan(steps[index], RunOf);

    /// <returns>The steps that wait for nothing any more.</returns>
    private List<int> Settle(int index, StepResult result)
    {
        results[index] = result;
        settled++;
        var ready = new List<int>();
        foreach (var reader in links.Readers[index])
        {
            if (--missing[reader] == 0)
                ready.Add(reader);
        }

        return ready;
    }

    private void SkipFrom(int index, string reason)
    {
        var open = new Stack<(int Index, string Reason)>([(index, reason)]);
        while (open.TryPop(out var next))
        {
            foreach (var reader in Settle(next.Index, new StepResult(steps[next.Index].Name, null, StepOutcome.Skipped, next.Reason)))
                open.Push((reader, $"'{steps[next.Index].Name}' was skipped"));
        }
    }

    private static bool IsBroken(StepResult result) => result.Outcome is StepOutcome.Failed or StepOutcome.Skipped;
}
