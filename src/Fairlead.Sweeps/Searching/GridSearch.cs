using Fairlead.Sweeps.Running;

namespace Fairlead.Sweeps.Searching;

/// <summary>Every combination, in the order of nested loops: the first parameter changes slowest.</summary>
internal sealed class GridSearch : ISearch
{
    public string Name => "grid";

    public int CountTrials(SearchPlan plan) => (int)plan.Space.Count!.Value;

    public SearchStep Next(SearchPlan plan, IReadOnlyList<TrialRecord> trials) =>
        trials.Count < plan.Space.Count ? SearchStep.Try(new Proposal(plan.Space.ValuesOf(trials.Count))) : SearchStep.Done;
}
