using System.Globalization;
using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Sweeps;
using Fairlead.Sweeps.Orders;

namespace Fairlead.Sweeps.Running;

/// <summary>Writes the parameters of a trial back into the project file, in a commit.</summary>
public sealed class SweepPromoter(SweepCatalog catalog, IWorkspace workspace, IParameterCommits commits, TimeProvider time)
{
    /// <param name="trial">Null: the best one.</param>
    /// <returns>The sweep, with its <see cref="SweepRecord.Promotion"/>.</returns>
    /// <exception cref="FairleadException">NotFound: no such sweep or trial; Conflict: the trial has no value, the sweep is under way, the project file has changes or lost the parameter; Failed: git refuses.</exception>
    public async Task<SweepRecord> PromoteAsync(int sweep, int? trial, string user, CancellationToken cancellationToken)
    {
        var report = await catalog.ReportAsync(sweep, cancellationToken).ConfigureAwait(false);
        var record = report.Sweep;
        if (record.Status == SweepStatus.Running)
            throw FairleadException.Conflict($"The sweep '{sweep}' is under way; wait for it, or stop it with 'fairlead sweep stop {sweep}'.");
        var chosen = Choose(report, trial);
        var before = await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        var changes = record.Parameters.Select(parameter => ChangeOf(parameter, chosen, before.Project)).ToList();
        var commit = await commits.CommitAsync(changes, Message(record, chosen, before.Project), cancellationToken).ConfigureAwait(false);
        record = record with { Promotion = new Promotion(chosen.Number, (commit ?? before.Commit).Commit, commit is not null, user, time.GetUtcNow()) };
        await catalog.UpdateAsync(record, CancellationToken.None).ConfigureAwait(false);
        return record;
    }

    private static TrialRecord Choose(SweepReport report, int? number)
    {
        var sweep = report.Sweep.Number;
        if ((number ?? report.Sweep.Best) is not { } wanted)
            throw FairleadException.Conflict($"No trial of the sweep '{sweep}' succeeded, so that there is nothing to write back.");
        var trial = report.Trials.FirstOrDefault(trial => trial.Number == wanted)
            ?? throw FairleadException.NotFound($"The sweep '{sweep}' has no trial '{wanted}'; see them with 'fairlead sweep show {sweep}'.");
        return trial.Status == TrialStatus.Succeeded ? trial : throw FairleadException.Conflict($"The trial '{wanted}' of the sweep '{sweep}' did not succeed; choose one that did, with 'fairlead sweep show {sweep}'.");
    }

    private static ParameterChange ChangeOf(TriedParameter parameter, TrialRecord trial, ProjectDefinition project)
    {
        var step = project.Steps.FirstOrDefault(step => step.Name == parameter.Step);
        return step?.Parameters.ContainsKey(parameter.Parameter) == true
            ? new ParameterChange(parameter.Step, parameter.Parameter, trial.Values[parameter.Label])
            : throw FairleadException.Conflict($"The project file no longer has the parameter '{parameter.Parameter}' of the step '{parameter.Step}'; write it there first.");
    }

    private static string Message(SweepRecord record, TrialRecord trial, ProjectDefinition project)
    {
        var message = new StringBuilder();
        message.Append(CultureInfo.InvariantCulture, $"{record.Order.Step}: parameters of trial {trial.Number} of sweep {record.Number}\n\n");
        foreach (var parameter in record.Parameters)
        {
            var before = project.Steps.First(step => step.Name == parameter.Step).Parameters[parameter.Parameter];
            message.Append(CultureInfo.InvariantCulture, $"{parameter.Step}.{parameter.Parameter}: {before.GetRawText()} -> {trial.Values[parameter.Label].GetRawText()}\n");
        }

        message.Append(CultureInfo.InvariantCulture, $"\n{record.Judged}.{record.Metric} is {trial.Value} in '{trial.Measured}', one of {record.Done} trials.\n");
        return message.ToString();
    }
}
