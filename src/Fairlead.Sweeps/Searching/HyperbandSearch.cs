namespace Fairlead.Sweeps.Searching;

/// <summary>Hyperband: brackets from many trials that begin with the least budget to few that begin with the most, for metrics that say little early.</summary>
internal sealed class HyperbandSearch : BracketSearch
{
    public override string Name => "hyperband";

    protected override IReadOnlyList<(int Width, IReadOnlyList<double> Ladder)> Brackets(SearchPlan plan)
    {
        var budget = plan.Budget!;
        return [.. Enumerable.Range(0, budget.Steps + 1).Reverse().Select(steps => ((int)Math.Ceiling((budget.Steps + 1.0) / (steps + 1) * Math.Pow(budget.Eta, steps)), budget.Ladder(steps)))];
    }
}
