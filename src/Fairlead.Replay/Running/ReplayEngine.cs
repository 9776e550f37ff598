using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scoring;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Scoring;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Planning;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Targets;
using Microsoft.Extensions.Logging;

namespace Fairlead.Replay.Running;

/// <summary>
/// Scores recorded predictions again and reports what came of it: one replay of a service at a time. What is done stays done: a replay that was stopped,
/// failed or lost with its process goes on from its finished chunks.
/// </summary>
public sealed class ReplayEngine(
    PredictionAnalysis analysis, TargetResolver targets, IScorerFactory scorers, JudgingRules judging, ReplayCatalog catalog, IArtifactStore store, ReplayOptions options, TimeProvider time, ILogger<ReplayEngine> logger)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);
    private readonly Lock gate = new();
    private readonly HashSet<string> busy = new(StringComparer.Ordinal);

    /// <summary>Marks replays as stopped that were under way when the last control plane ended: called once when one starts.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await catalog.ListRunningAsync(cancellationToken).ConfigureAwait(false))
        {
            await catalog.UpdateAsync(record with { Status = ReplayStatus.Stopped, FinishedAt = time.GetUtcNow(), Error = "The control plane ended." }, cancellationToken).ConfigureAwait(false);
            Log.Recovered(logger, record.Number);
        }
    }

    /// <summary>Plans a replay and runs it to its end.</summary>
    /// <param name="progress">Called from any thread.</param>
    /// <returns>The record of a replay that succeeded.</returns>
    /// <exception cref="FairleadException">NotFound, Invalid: the order means nothing that is there; Conflict: the service is being replayed; others: it failed on its way, and is kept.</exception>
    public async Task<ReplayRecord> RunAsync(ReplayOrder order, Action<ReplayProgress> progress, CancellationToken cancellationToken)
    {
        OrderRules.Require(order);
        using var turn = Begin(order.Service);
        progress(new ReplayProgress(0, "planning", 0, 0, 0));
        var target = await targets.ResolveAsync(order, cancellationToken).ConfigureAwait(false);
        var scorer = await scorers.OpenAsync(target.Service, cancellationToken).ConfigureAwait(false);
        await using (scorer.ConfigureAwait(false))
        {
            using var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var function = Function(scorer, target, order, cancellationToken);
            var now = time.GetUtcNow();
            var plan = await Task.Run(() => new ReplayPlanner(session, order, options.ChunkRows, cancellationToken).Plan(function, target.Label, now), cancellationToken).ConfigureAwait(false);
            var rules = await judging.ResolveAsync(order, function, plan, session, cancellationToken).ConfigureAwait(false);
            var record = await catalog.AddAsync(
                number => new ReplayRecord { Number = number, Status = ReplayStatus.Running, Order = order, Target = target, Plan = plan, Judging = rules, StartedAt = now },
                order.Service,
                now,
                cancellationToken).ConfigureAwait(false);
            return await ExecuteAsync(record, session, function, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on with a replay that ended before it was done.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<ReplayRecord> ResumeAsync(int number, Action<ReplayProgress> progress, CancellationToken cancellationToken)
    {
        var record = await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false);
        if (record.Status == ReplayStatus.Succeeded)
            throw FairleadException.Conflict($"The replay '{number}' is done; show it with 'fairlead replay show {number}'.");
        using var turn = Begin(record.Order.Service);
        var scorer = await scorers.OpenAsync(record.Target.Service, cancellationToken).ConfigureAwait(false);
        await using (scorer.ConfigureAwait(false))
        {
            using var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
            record = record with { Status = ReplayStatus.Running, Error = null, FinishedAt = null };
            await catalog.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
            return await ExecuteAsync(record, session, Function(scorer, record.Target, record.Order, cancellationToken), progress, cancellationToken).ConfigureAwait(false);
        }
    }

    // One thread each: chunks are scored side by side, not within one another.
    private Task<AnalysisSession> OpenAsync(CancellationToken cancellationToken) => analysis.OpenAsync(1, cancellationToken);

    private ScoringFunction Function(IScorer scorer, ReplayTarget target, ReplayOrder order, CancellationToken cancellationToken) => new(
        scorer,
        new ScoringOptions { IsAlone = order.IsAlone || target.Service.Command is not null, Parallelism = target.Service.Command is null ? 1 : options.CallsAtOnce },
        cancellationToken);

    private async Task<ReplayRecord> ExecuteAsync(ReplayRecord record, AnalysisSession session, ScoringFunction function, Action<ReplayProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            var started = time.GetTimestamp();
            var folder = Path.Combine(options.Folder, record.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var runner = new ChunkRunner(session, record.Plan, function, folder);
            await FollowAsync(record, runner, function, progress, cancellationToken).ConfigureAwait(false);
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            record = record with { Seconds = record.Seconds + seconds };
            progress(new ReplayProgress(record.Number, "reporting", record.Plan.Rows, record.Plan.Rows, record.Seconds));
            var files = record.Plan.Chunks.Select(runner.PathOf).ToList();
            var report = await Task.Run(() => new ReportBuilder(session, record, options.JudgedRows, cancellationToken).Build(files, (seconds, function.Rows)), cancellationToken).ConfigureAwait(false);
            record = await KeepAsync(record, report, folder, cancellationToken).ConfigureAwait(false);
            Log.Replayed(logger, record.Number, record.Order.Service, record.Target.Label, report.Replayed, record.Seconds);
            return record;
        }
        catch (Exception e)
        {
            await EndAsync(record, e, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task FollowAsync(ReplayRecord record, ChunkRunner runner, ScoringFunction function, Action<ReplayProgress> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var running = runner.RunAsync(options.Workers, cancellationToken);
        while (await Task.WhenAny(running, Task.Delay(ProgressInterval, time, CancellationToken.None)).ConfigureAwait(false) != running)
            progress(new ReplayProgress(record.Number, "scoring", Math.Min(record.Plan.Rows, runner.DoneBefore + function.Rows), record.Plan.Rows, time.GetElapsedTime(started).TotalSeconds));
        await running.ConfigureAwait(false);
    }

    private async Task<ReplayRecord> KeepAsync(ReplayRecord record, ReplayReport report, string folder, CancellationToken cancellationToken)
    {
        var rows = await store.PutTreeAsync(folder, [.. record.Plan.Chunks.Select(chunk => chunk.FileName)], cancellationToken).ConfigureAwait(false);
        var stored = await store.PutBytesAsync(JsonSerializer.SerializeToUtf8Bytes(report, ReplayJson.Default.ReplayReport), cancellationToken).ConfigureAwait(false);
        record = record with
        {
            Status = ReplayStatus.Succeeded,
            FinishedAt = time.GetUtcNow(),
            Report = stored,
            Rows = rows,
            Metrics = report.ToMetrics(),
        };
        await catalog.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
        // The store has them now.
        Directory.Delete(folder, recursive: true);
        return record;
    }

    private async Task EndAsync(ReplayRecord record, Exception cause, CancellationToken cancellationToken)
    {
        var isStopped = cause is OperationCanceledException && cancellationToken.IsCancellationRequested;
        var reason = isStopped ? "It was stopped." : cause.Message;
        // What ended the replay must not keep its end from being recorded.
        await catalog.UpdateAsync(
            record with { Status = isStopped ? ReplayStatus.Stopped : ReplayStatus.Failed, FinishedAt = time.GetUtcNow(), Error = reason },
            CancellationToken.None).ConfigureAwait(false);
        Log.Ended(logger, record.Number, record.Order.Service, reason);
    }

    private Turn Begin(string service)
    {
        lock (gate)
        {
            return busy.Add(service)
                ? new Turn(this, service)
                : throw FairleadException.Conflict($"The service '{service}' is being replayed; wait for that, or stop it.");
        }
    }

    private sealed class Turn(ReplayEngine engine, string service) : IDisposable
    {
        public void Dispose()
        {
            lock (engine.gate)
                engine.busy.Remove(service);
        }
    }
}
