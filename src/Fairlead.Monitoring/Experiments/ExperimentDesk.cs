using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Monitoring.Experiments.Design;
using Fairlead.Monitoring.Experiments.Judging;
using Fairlead.Monitoring.Experiments.Measuring;
using Fairlead.Monitoring.Experiments.Planning;
using Fairlead.Predictions.Analysis;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Experiments;

/// <summary>Where experiments are planned, started, looked at and ended.</summary>
public sealed class ExperimentDesk(
    IRecordCatalog records,
    IServerGroupCatalog groups,
    IExperimentTraffic traffic,
    PredictionAnalysis analysis,
    TimeProvider time,
    ILogger<ExperimentDesk> logger) : IDisposable
{
    private readonly ExperimentStore store = new(records);

    // One change of an experiment at a time, so that none is lost; and one measurement, which takes the machine.
    private readonly SemaphoreSlim changing = new(1);
    private readonly SemaphoreSlim measuring = new(1);

    /// <summary>What the ordered experiment could find, without starting it.</summary>
    /// <exception cref="FairleadException">As for <see cref="StartAsync"/>.</exception>
    public async Task<ExperimentPlan> PlanAsync(ExperimentOrder order, CancellationToken cancellationToken)
    {
        var design = await DesignAsync(order, cancellationToken).ConfigureAwait(false);
        return await AnalyseAsync(session => ExperimentPlanner.Plan(session, design, time.GetUtcNow(), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Plans the experiment, splits the traffic between its arms, and completes when the host does so.</summary>
    /// <exception cref="FairleadException">
    /// Invalid: a name, split, metric or number that cannot be; NotFound: service or arm; Conflict: the name was used, an arm is not warm, another experiment
    /// or change is under way there, or no client names units; Failed: the host refused; Unavailable: no host answers.
    /// </exception>
    public async Task<Experiment> StartAsync(ExperimentOrder order, CancellationToken cancellationToken)
    {
        var design = await DesignAsync(order, cancellationToken).ConfigureAwait(false);
        var plan = await AnalyseAsync(session => ExperimentPlanner.Plan(session, design, time.GetUtcNow(), cancellationToken), cancellationToken).ConfigureAwait(false);
        using var change = await ChangeAsync(cancellationToken).ConfigureAwait(false);
        var experiment = new Experiment
        {
            Name = order.Name,
            Status = ExperimentStatus.Starting,
            Design = design,
            Plan = plan,
            StartedAt = time.GetUtcNow(),
            StartedBy = order.User,
        };
        await store.AddAsync(experiment, cancellationToken).ConfigureAwait(false);
        try
        {
            var shares = design.Arms.ToDictionary(arm => arm.ServerGroup, arm => arm.Share);
            await traffic.BeginAsync(design.Environment, design.Service, order.Name, shares, order.User, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await UndoAsync(experiment, e).ConfigureAwait(false);
            throw;
        }

        // What was asked before the host switched was assigned otherwise.
        experiment = experiment with { Status = ExperimentStatus.Running, StartedAt = time.GetUtcNow() };
        await store.UpdateAsync(experiment, CancellationToken.None).ConfigureAwait(false);
        Log.Started(logger, experiment.Name, design.Service, design.Environment, order.User);
        return experiment;
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        var known = new List<Experiment>(all.Count);
        foreach (var experiment in all)
            known.Add(await ReconcileAsync(experiment, cancellationToken).ConfigureAwait(false));
        return known;
    }

    /// <summary>An experiment with a report of now, or its final one.</summary>
    /// <param name="oldest">A report that is not older is good enough.</param>
    /// <exception cref="FairleadException">NotFound; Invalid: a metric cannot be computed any more.</exception>
    public async Task<Experiment> MeasureAsync(string name, TimeSpan oldest, CancellationToken cancellationToken)
    {
        var experiment = await ReconcileAsync(await store.GetAsync(name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var isFinal = experiment.Status is ExperimentStatus.Concluded or ExperimentStatus.Starting or ExperimentStatus.Aborted;
        if (isFinal || (experiment.Report is { } report && time.GetUtcNow() - report.At < oldest))
            return experiment;
        return await MeasureNowAsync(experiment, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives all traffic to one arm; outcomes that come later still count until it is concluded.</summary>
    /// <param name="keep">A server group, <c>control</c>, <c>treatment</c> when there is one only, or null for the control.</param>
    /// <exception cref="FairleadException">NotFound: the experiment or the arm; Conflict: it does not run; Failed and Unavailable as for the start.</exception>
    public async Task<Experiment> StopAsync(string name, string? keep, string user, CancellationToken cancellationToken)
    {
        var experiment = await ReconcileAsync(await store.GetAsync(name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (experiment.Status != ExperimentStatus.Running)
            throw FairleadException.Conflict($"The experiment '{name}' is {experiment.Status.ToString().ToLowerInvariant()} and holds no traffic any more: 'fairlead experiment show {name}' tells how it ended.");
        var kept = ArmOf(experiment, keep ?? "control");
        using var change = await ChangeAsync(cancellationToken).ConfigureAwait(false);
        var stopped = (await store.GetAsync(name, cancellationToken).ConfigureAwait(false)) with
        {
            Status = ExperimentStatus.Stopped,
            EndedAt = time.GetUtcNow(),
            EndedBy = user,
            Kept = kept,
        };
        try
        {
            await traffic.EndAsync(experiment.Design.Environment, experiment.Design.Service, name, kept, user, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Unavailable)
        {
            // It is published, and the host will follow: the experiment is over all the same.
            await store.UpdateAsync(stopped, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await store.UpdateAsync(stopped, CancellationToken.None).ConfigureAwait(false);
        Log.Ended(logger, name, "stopped", $"all traffic to {kept}");
        return stopped;
    }

    /// <summary>Makes the report of now the final one and records what was concluded.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it still runs, or was concluded before; Invalid: a metric cannot be computed any more.</exception>
    public async Task<Experiment> ConcludeAsync(string name, string? decision, string user, CancellationToken cancellationToken)
    {
        var experiment = await MeasureAsync(name, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        if (experiment.Status != ExperimentStatus.Stopped)
        {
            throw FairleadException.Conflict(experiment.Status == ExperimentStatus.Running
                ? $"The experiment '{name}' still runs: end it with 'fairlead experiment stop {name}' first."
                : $"The experiment '{name}' is {experiment.Status.ToString().ToLowerInvariant()} and cannot be concluded.");
        }

        using var change = await ChangeAsync(cancellationToken).ConfigureAwait(false);
        var concluded = experiment with
        {
            Status = ExperimentStatus.Concluded,
            ConcludedAt = time.GetUtcNow(),
            EndedBy = experiment.EndedBy ?? user,
            Decision = string.IsNullOrWhiteSpace(decision) ? null : decision.Trim(),
        };
        await store.UpdateAsync(concluded, CancellationToken.None).ConfigureAwait(false);
        Log.Ended(logger, name, "concluded", concluded.Decision ?? "without a decision");
        return concluded;
    }

    /// <summary>Notices experiments that a rollback or a crash ended, and measures the others. Returns how many were measured.</summary>
    public async Task<int> RefreshAsync(CancellationToken cancellationToken)
    {
        var measured = 0;
        foreach (var experiment in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (experiment.Status is not (ExperimentStatus.Running or ExperimentStatus.Stopped))
                continue;
            try
            {
                var after = await MeasureNowAsync(experiment, cancellationToken).ConfigureAwait(false);
                foreach (var alarm in after.Report!.Alarms)
                    Log.Alarm(logger, experiment.Name, alarm);
                measured++;
            }
            catch (FairleadException e)
            {
                Log.MeasuringFailed(logger, e, experiment.Name, e.Message);
            }
        }

        return measured;
    }

    public void Dispose()
    {
        changing.Dispose();
        measuring.Dispose();
    }

    private async Task<ExperimentDesign> DesignAsync(ExperimentOrder order, CancellationToken cancellationToken) =>
        ExperimentDesigner.Design(order, await groups.ListAsync(order.Environment, null, cancellationToken).ConfigureAwait(false));

    private async Task<Experiment> MeasureNowAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var measurement = await AnalyseAsync(
            session => MeasurementReader.Read(session, experiment.Design, experiment.StartedAt, experiment.EndedAt ?? now, cancellationToken), cancellationToken).ConfigureAwait(false);
        using var change = await ChangeAsync(cancellationToken).ConfigureAwait(false);
        var current = await store.GetAsync(experiment.Name, cancellationToken).ConfigureAwait(false);
        // Ended in the meantime: another window, for the next measurement.
        if (current.Status != experiment.Status)
            return current;
        var report = new ExperimentJudge(current.Design, current.Plan.PlannedUnits).Judge(measurement, current.Report, now);
        var after = current with { Report = report, History = ExperimentHistory.Add(current.History, report) };
        await store.UpdateAsync(after, cancellationToken).ConfigureAwait(false);
        return after;
    }

    /// <summary>The traffic is the truth: an experiment whose arms it does not know any more is over.</summary>
    private async Task<Experiment> ReconcileAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        if (experiment.Status is not (ExperimentStatus.Running or ExperimentStatus.Starting))
            return experiment;
        using var change = await ChangeAsync(cancellationToken).ConfigureAwait(false);
        var current = await store.GetAsync(experiment.Name, cancellationToken).ConfigureAwait(false);
        var own = await groups.ListAsync(current.Design.Environment, current.Design.Service, cancellationToken).ConfigureAwait(false);
        if (ExperimentEnd.Of(current, own, time.GetUtcNow()) is not { } ended)
            return current;
        if (own.Any(group => group.Experiment == current.Name))
            await GiveBackAsync(current).ConfigureAwait(false);
        await store.UpdateAsync(ended, CancellationToken.None).ConfigureAwait(false);
        Log.Ended(logger, ended.Name, "aborted", ended.Reason!);
        return ended;
    }

    /// <summary>An experiment that did not begin was none; where the host is silent, the control gets the traffic as soon as it is back.</summary>
    private async Task UndoAsync(Experiment experiment, Exception cause)
    {
        if (cause is FairleadException { Kind: ProblemKind.Unavailable } or OperationCanceledException)
            await GiveBackAsync(experiment).ConfigureAwait(false);
        await store.RemoveAsync(experiment, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>All traffic to the control; where no host answers it is published, and happens when one is back.</summary>
    private async Task GiveBackAsync(Experiment experiment)
    {
        var design = experiment.Design;
        try
        {
            await traffic.EndAsync(design.Environment, design.Service, experiment.Name, design.Control.ServerGroup, experiment.StartedBy, CancellationToken.None).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            Log.Ended(logger, experiment.Name, "not started", e.Message);
        }
    }

    private static ServerGroupName ArmOf(Experiment experiment, string keep)
    {
        var arms = experiment.Design.Arms;
        if (keep == "control")
            return arms[0].ServerGroup;
        if (keep == "treatment" && arms.Count == 2)
            return arms[1].ServerGroup;
        return arms.FirstOrDefault(arm => arm.ServerGroup.ToString() == keep)?.ServerGroup
            ?? throw FairleadException.NotFound($"'{keep}' is no arm of the experiment '{experiment.Name}'; keep control or one of {string.Join(", ", arms.Select(arm => arm.ServerGroup))}.");
    }

    private async Task<T> AnalyseAsync<T>(Func<ExpressionSession, T> read, CancellationToken cancellationToken)
    {
        await measuring.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var session = await analysis.OpenExpressionsAsync(cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => read(session), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            measuring.Release();
        }
    }

    private async Task<IDisposable> ChangeAsync(CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(changing);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
