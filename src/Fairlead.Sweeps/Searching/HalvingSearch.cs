namespace Fairlead.Sweeps.Searching;

/// <summary>Successive halving: one bracket from the least budget to the most.</summary>
internal sealed class HalvingSearch : BracketSearch
{
    public override string Name => "halving";

    protected override IReadOnlyList<(int Width, IReadOnlyList<double> Ladder)> Brackets(SearchPlan plan)
    {
        var budget = plan.Budget!;
        // As many as leave one that gets the most.
        return [(plan.Trials ?? (int)Math.Round(Math.Pow(budget.Eta, budget.Steps)), budget.Ladder(budget.Steps))];
    }
}
