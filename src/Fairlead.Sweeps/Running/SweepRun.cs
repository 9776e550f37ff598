using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Sweeps;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Searching;

namespace Fairlead.Sweeps.Running;

/// <summary>One passage through a sweep: as many trials at once as ordered, each recorded before it begins and when it has ended.</summary>
internal sealed class SweepRun(SweepRecord record, OrderPlan order, ITrialGraph graph, SweepCatalog catalog, IRunCatalog runCatalog, Action<SweepProgress> progress, TimeProvider time)
{
    /// <summary>So many steps that succeed without a word about the metric mean that it is called otherwise.</summary>
    private const int UnmeasuredAtMost = 3;

    private readonly TrialJudge judge = new(order.Target.Tried.Name, order.Target.Judged.Name, order.Target.Metric);
    private readonly List<StoredTrial> trials = [];
    private readonly HashSet<Task<(int Index, TrialRuns Runs, double Seconds)>> running = [];
    private SweepRecord record = record;
    private int unmeasured;

    /// <summary>As it is now.</summary>
    public SweepRecord Record => record;

    /// <summary>Makes the trials that are missing. Returns once all have ended, whichever way.</summary>
    /// <exception cref="FairleadException">What keeps any trial from beginning, or a metric that is nowhere to be found.</exception>
    /// <exception cref="OperationCanceledException">After everything that ran was ended.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            trials.AddRange(await catalog.TrialsAsync(record.Number, cancellationToken).ConfigureAwait(false));
            Count();
            Tell(trial: null);
            while (await BeginAsync(ending.Token).ConfigureAwait(false))
            {
                var ended = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(ended);
                await EndAsync(await ended.ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        finally
        {
            // None may go on when nobody waits for it any more.
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running.Select(trial => trial.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default))).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<TrialRecord> Trials => [.. trials.Select(stored => stored.Trial)];

    /// <summary>Begins what there is room for: first what a predecessor began and did not end.</summary>
    /// <returns>False when nothing is under way, and nothing more is wanted.</returns>
    private async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        if (running.Count == 0)
        {
            foreach (var index in Enumerable.Range(0, trials.Count).Where(index => trials[index].Trial.Status == TrialStatus.Running))
                running.Add(TryAsync(index, cancellationToken));
        }

        while (running.Count < order.Plan.Parallel)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = Trials;
            // Off this thread, as a search may think for a while.
            var step = await Task.Run(() => order.Search.Next(order.Plan, known), cancellationToken).ConfigureAwait(false);
            if (step.Proposal is not { } proposal)
                return running.Count > 0 || (step.IsDone ? false : throw new InvalidOperationException($"The search '{order.Search.Name}' waits for trials, and none is under way."));
            var trial = new TrialRecord
            {
                Number = trials.Count + 1,
                Values = proposal.Values,
                Bracket = proposal.Bracket,
                Rung = proposal.Rung,
                Budget = proposal.Budget,
                From = proposal.From,
                StartedAt = time.GetUtcNow(),
            };
            trials.Add(await catalog.AddTrialAsync(record.Number, trial, cancellationToken).ConfigureAwait(false));
            Tell(trial);
            running.Add(TryAsync(trials.Count - 1, cancellationToken));
        }

        return true;
    }

    private async Task<(int Index, TrialRuns Runs, double Seconds)> TryAsync(int index, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var values = trials[index].Trial.Values;
        var parameters = order.Swept.GroupBy(parameter => parameter.Step, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => (IReadOnlyDictionary<string, JsonElement>)group.ToDictionary(parameter => parameter.Name, parameter => values[parameter.Label], StringComparer.Ordinal),
            StringComparer.Ordinal);
        var runs = await graph.RunAsync(parameters, cancellationToken).ConfigureAwait(false);
        return (index, runs, time.GetElapsedTime(started).TotalSeconds);
    }

    private async Task EndAsync((int Index, TrialRuns Runs, double Seconds) ended)
    {
        var stored = trials[ended.Index];
        var trial = judge.Judge(stored.Trial, ended.Runs) with { Seconds = ended.Seconds };
        if (judge.IsUnmeasured(ended.Runs) && await RemarkAsync(trial.Measured!.Value).ConfigureAwait(false) is { } remark)
            trial = trial with { Error = remark };
        trials[ended.Index] = stored with { Trial = trial };
        // Not cancellable: what happened is recorded even when nobody waits for it any more.
        await catalog.UpdateTrialAsync(trials[ended.Index], CancellationToken.None).ConfigureAwait(false);
        Count();
        await catalog.UpdateAsync(record, CancellationToken.None).ConfigureAwait(false);
        Tell(trial);
        unmeasured += judge.IsUnmeasured(ended.Runs) ? 1 : 0;
        if (unmeasured >= UnmeasuredAtMost && record.Best is null)
            throw FairleadException.Failed($"None of {unmeasured} trials that succeeded has the metric that is judged. {trial.Error}");
    }

    /// <summary>What the run itself remarked about the metric, such as that it was no number, says more than its absence.</summary>
    private async Task<string?> RemarkAsync(RunId id) =>
        (await runCatalog.FindAsync(id, CancellationToken.None).ConfigureAwait(false))?.Remarks?.FirstOrDefault(remark => remark.Contains($"'{order.Target.Metric}'", StringComparison.Ordinal));

    /// <summary>Without the parts, which are many and stay as they are.</summary>
    private void Tell(TrialRecord? trial) => progress(new SweepProgress(record with { Parts = [] }, trial, Note: null));

    private void Count() => record = SweepScore.Count(record, Trials);
}
