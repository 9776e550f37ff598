using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Sweeps;
using Fairlead.Sweeps.Orders;
using Microsoft.Extensions.Logging;

namespace Fairlead.Sweeps.Running;

/// <summary>
/// Makes sweeps: every trial is an ordinary run, found by its key when it is known already. A sweep that was stopped, or lost with its process, goes on with the
/// trials that are missing and ends as if nothing had happened.
/// </summary>
public sealed class SweepDesk(IWorkspace workspace, ITrialGraphs graphs, IRunCatalog runs, SweepCatalog catalog, TimeProvider time, ILogger<SweepDesk> logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, SweepTurn> turns = [];

    /// <summary>Marks sweeps as stopped that were under way when the last control plane ended: called once when one starts.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await catalog.ListRunningAsync(cancellationToken).ConfigureAwait(false))
        {
            await catalog.UpdateAsync(record with { Status = SweepStatus.Stopped, FinishedAt = time.GetUtcNow(), Error = "The control plane ended." }, cancellationToken).ConfigureAwait(false);
            Log.Recovered(logger, record.Number);
        }
    }

    /// <summary>Makes a sweep.</summary>
    /// <param name="progress">Told of each trial that begins or ends, one at a time, from any thread.</param>
    /// <returns>How it ended: also when no trial succeeded, and when somebody stopped it meanwhile.</returns>
    /// <exception cref="FairleadException">NotFound, Invalid: the order means nothing here; others: it failed on its way, and is kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; it is kept, and can go on.</exception>
    public async Task<SweepReport> RunAsync(SweepOrder order, Action<SweepProgress> progress, CancellationToken cancellationToken)
    {
        OrderPlan.RequireWhole(order);
        var (plan, graph) = await OpenAsync(order, order.User, cancellationToken).ConfigureAwait(false);
        await RequireMetricAsync(plan.Target, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var record = await catalog.AddAsync(
            number => new SweepRecord
            {
                Number = number,
                Status = SweepStatus.Running,
                Order = order,
                Judged = plan.Target.Judged.Name,
                Metric = plan.Target.Metric,
                Parameters = plan.Tried(graph.Steps),
                Commit = graph.Commit,
                Parts = SweepParts.Of(graph, plan),
                Planned = plan.Search.CountTrials(plan.Plan),
                StartedAt = now,
            },
            order.Step,
            now,
            cancellationToken).ConfigureAwait(false);
        using var turn = Begin(record.Number, cancellationToken);
        return await ExecuteAsync(record, plan, graph, turn, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with a sweep that ended before it was done.</summary>
    /// <inheritdoc cref="RunAsync"/>
    /// <exception cref="FairleadException">NotFound; Conflict: it is done, it is under way, or the project is not what it was.</exception>
    public async Task<SweepReport> ResumeAsync(int number, string user, Action<SweepProgress> progress, CancellationToken cancellationToken)
    {
        using var turn = Begin(number, cancellationToken);
        var record = await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false);
        if (record.Status == SweepStatus.Succeeded)
            throw FairleadException.Conflict($"The sweep '{number}' is done; see it with 'fairlead sweep show {number}'.");
        var (plan, graph) = await OpenAsync(record.Order, user, cancellationToken).ConfigureAwait(false);
        SweepParts.RequireSame(record, SweepParts.Of(graph, plan));
        record = record with { Status = SweepStatus.Running, Error = null, FinishedAt = null };
        await catalog.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
        return await ExecuteAsync(record, plan, graph, turn, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends what a sweep runs and keeps what it has.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it is not under way.</exception>
    public async Task<SweepRecord> StopAsync(int number, CancellationToken cancellationToken)
    {
        SweepTurn? turn;
        lock (gate)
            turns.TryGetValue(number, out turn);
        if (turn is null)
        {
            var record = await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false);
            throw FairleadException.Conflict($"The sweep '{number}' is not under way: it is {record.Status.ToString().ToLowerInvariant()}.");
        }

        await turn.StopAsync(cancellationToken).ConfigureAwait(false);
        return await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(OrderPlan Plan, ITrialGraph Graph)> OpenAsync(SweepOrder order, string user, CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        var graph = await graphs.OpenAsync(SweepTarget.NamesIn(order, snapshot.Project.Steps), user, cancellationToken).ConfigureAwait(false);
        return (OrderPlan.Of(order, SweepTarget.Of(order, graph.Steps), graph.Steps), graph);
    }

    /// <summary>A mistyped metric is told before an hour of trials, where the step ran before.</summary>
    private async Task RequireMetricAsync(SweepTarget target, CancellationToken cancellationToken)
    {
        var latest = await runs.FindLatestAsync(target.Judged.Family, cancellationToken).ConfigureAwait(false);
        if (latest is null || latest.Metrics.Count == 0 || latest.Metrics.ContainsKey(target.Metric))
            return;
        throw FairleadException.NotFound($"The newest run of '{target.Judged.Family}', '{latest.Id}', has no metric '{target.Metric}'; {NearestName.Hint(target.Metric, [.. latest.Metrics.Keys])} (if the step writes it since then, run it once with 'fairlead run {target.Judged.Name}')");
    }

    private async Task<SweepReport> ExecuteAsync(SweepRecord record, OrderPlan plan, ITrialGraph graph, SweepTurn turn, Action<SweepProgress> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var run = new SweepRun(record, plan, graph, catalog, runs, progress, time);
        try
        {
            if (plan.Plan.Parallel > graph.Parallelism)
                progress(new SweepProgress(record with { Parts = [] }, Trial: null, $"{plan.Plan.Parallel} trials at once are more than the {graph.Parallelism} steps that this machine executes at a time; the others wait."));
            await run.RunAsync(turn.Token).ConfigureAwait(false);
            var ended = Ended(run.Record);
            await catalog.UpdateAsync(ended, CancellationToken.None).ConfigureAwait(false);
            Log.Swept(logger, ended.Number, ended.Order.Step, ended.Done, ended.Failed, time.GetElapsedTime(started).TotalSeconds, ended.Best is { } best ? $"is trial {best}" : "there is none");
        }
        catch (OperationCanceledException) when (turn.Token.IsCancellationRequested)
        {
            await EndAsync(run.Record, SweepStatus.Stopped, "It was stopped.").ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception e)
        {
            await EndAsync(run.Record, SweepStatus.Failed, e.Message).ConfigureAwait(false);
            throw;
        }

        return await catalog.ReportAsync(record.Number, cancellationToken).ConfigureAwait(false);
    }

    private SweepRecord Ended(SweepRecord record) => record with
    {
        Status = record.Best is null ? SweepStatus.Failed : SweepStatus.Succeeded,
        Error = record.Best is null ? "No trial succeeded." : null,
        FinishedAt = time.GetUtcNow(),
    };

    private async Task EndAsync(SweepRecord record, SweepStatus status, string reason)
    {
        // What ended the sweep must not keep its end from being recorded.
        await catalog.UpdateAsync(record with { Status = status, FinishedAt = time.GetUtcNow(), Error = reason }, CancellationToken.None).ConfigureAwait(false);
        Log.Ended(logger, record.Number, record.Order.Step, reason);
    }

    private SweepTurn Begin(int number, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (turns.ContainsKey(number))
                throw FairleadException.Conflict($"The sweep '{number}' is under way; see it with 'fairlead sweep show {number}'.");
            return turns[number] = new SweepTurn(End, cancellationToken);

            void End()
            {
                lock (gate)
                    turns.Remove(number);
            }
        }
    }
}
