using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Fairlead.Triggers.Inputs;
using Microsoft.Extensions.Logging;

namespace Fairlead.Triggers.Running;

/// <summary>
/// Begins what triggers saw, in order for each trigger. An execution is known by its firing's key, so that one that was begun just before a kill is found
/// again rather than begun twice.
/// </summary>
internal sealed class FiringStarter(
    ITriggerCatalog catalog, IExecutionStarter executions, IExpressionEvaluator conditions, InputMapping inputs, TimeProvider time, ILogger logger)
{
    private const int Batch = 200;

    /// <summary>What cannot be begun for as long as this is given up.</summary>
    internal static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Firings that could not be begun, with the next try; by number.</summary>
    private readonly Dictionary<long, (DateTimeOffset Again, TimeSpan Pause)> waiting = [];

    /// <summary>Begins what is pending. For one caller at a time.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var firing in await catalog.ListPendingAsync(Batch, cancellationToken).ConfigureAwait(false))
        {
            // Of one trigger the earlier one first, of others whatever can be begun.
            if (blocked.Contains(firing.Order.Trigger) || !await TryBeginAsync(firing, cancellationToken).ConfigureAwait(false))
                blocked.Add(firing.Order.Trigger);
        }
    }

    private async Task<bool> TryBeginAsync(Firing firing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (waiting.TryGetValue(firing.Number, out var pause) && pause.Again > now && pause.Again - now <= LongestPause)
            return false;
        try
        {
            await BeginAsync(firing, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (IsLasting(e) || now - firing.Order.At > GivenUpAfter)
            {
                Log.BeginFailed(logger, firing.Order.Trigger, firing.Order.Key, e.Message);
                await catalog.SettleAsync(firing.Number, FiringStatus.Failed, null, e.Message, cancellationToken).ConfigureAwait(false);
                waiting.Remove(firing.Number);
                return true;
            }

            if (pause.Pause == TimeSpan.Zero)
                Log.BeginDelayed(logger, e, firing.Order.Trigger, firing.Order.Key);
            var next = pause.Pause == TimeSpan.Zero ? FirstPause : pause.Pause * 2;
            next = next > LongestPause ? LongestPause : next;
            waiting[firing.Number] = (now + next, next);
            return false;
        }

        waiting.Remove(firing.Number);
        return true;
    }

    /// <summary>What is expected and would be the same at another try.</summary>
    private static bool IsLasting(Exception e) => e is FairleadException { IsRetryable: false, Kind: not ProblemKind.Exhausted };

    private async Task BeginAsync(Firing firing, CancellationToken cancellationToken)
    {
        var order = firing.Order;
        var data = JsonSerializer.SerializeToElement(new JsonObject { ["trigger"] = JsonNode.Parse(order.Data.GetRawText()) });
        if (order.When is { } condition && !await conditions.EvaluateAsync(condition, data, cancellationToken).ConfigureAwait(false))
        {
            await catalog.SettleAsync(firing.Number, FiringStatus.Skipped, null, $"Its condition does not hold: {condition}", cancellationToken).ConfigureAwait(false);
            return;
        }

        var number = await executions.StartAsync(
            new ExecutionOrder
            {
                Pipeline = order.Pipeline,
                Inputs = await inputs.ComputeAsync(order.Inputs, data, cancellationToken).ConfigureAwait(false),
                Cause = order.Cause,
                Key = $"trigger/{order.Trigger}/{order.Key}",
                Commit = order.Commit,
            },
            cancellationToken).ConfigureAwait(false);
        await catalog.SettleAsync(firing.Number, FiringStatus.Started, number, null, cancellationToken).ConfigureAwait(false);
        Log.Began(logger, order.Trigger, number, order.Key);
    }
}
