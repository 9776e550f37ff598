using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;

namespace Fairlead.Sweeps.Searching;

/// <summary>Points drawn evenly, none of them twice.</summary>
internal sealed class RandomSearch : ISearch
{
    public string Name => "random";

    public int CountTrials(SearchPlan plan) => (int)Math.Min(plan.Trials ?? SweepOrder.DefaultTrials, plan.Space.Count ?? long.MaxValue);

    public SearchStep Next(SearchPlan plan, IReadOnlyList<TrialRecord> trials) =>
        trials.Count < CountTrials(plan)
            ? SearchStep.Try(new Proposal(FreshPoints.Draw(plan, [.. trials.Select(trial => trial.Values)], stream: (ulong)trials.Count)))
            : SearchStep.Done;
}
