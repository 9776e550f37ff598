using Fairlead.Sweeps.Orders;

namespace Fairlead.Sweeps.Running;

/// <summary>How far a sweep is, and which of its trials is the best.</summary>
public static class SweepScore
{
    /// <summary>
    /// The best trial that succeeded; of several budgets only those with the largest compare. Of trials that are equally good it is the first. Null when there is none.
    /// </summary>
    public static TrialRecord? BestOf(SweepGoal goal, IEnumerable<TrialRecord> trials)
    {
        var measured = trials.Where(trial => trial.Status == TrialStatus.Succeeded).ToList();
        var budget = measured.Max(trial => trial.Budget);
        return measured.Where(trial => trial.Budget == budget).OrderBy(trial => goal == SweepGoal.Minimize ? trial.Value : -trial.Value).ThenBy(trial => trial.Number).FirstOrDefault();
    }

    internal static SweepRecord Count(SweepRecord record, IReadOnlyCollection<TrialRecord> trials)
    {
        var best = BestOf(record.Order.Goal, trials);
        return record with
        {
            Done = trials.Count(trial => trial.Status != TrialStatus.Running),
            Failed = trials.Count(trial => trial.Status == TrialStatus.Failed),
            Best = best?.Number,
            BestValue = best?.Value,
            BestValues = best?.Values,
        };
    }
}
