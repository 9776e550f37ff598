using System.Text.Json;
using Fairlead.Sweeps.Running;

namespace Fairlead.Sweeps.Searching;

/// <summary>Many trials with little to spend, of which the best go on with more: one bracket after the other, and within one a round after the other.</summary>
internal abstract class BracketSearch : ISearch
{
    public abstract string Name { get; }

    /// <summary>The number of trials of the first round, and the budgets of all rounds, for each bracket.</summary>
    protected abstract IReadOnlyList<(int Width, IReadOnlyList<double> Ladder)> Brackets(SearchPlan plan);

    public int CountTrials(SearchPlan plan) => Brackets(plan).Sum(bracket => Enumerable.Range(0, bracket.Ladder.Count).Sum(rung => Places(bracket.Width, rung, plan)));

    public SearchStep Next(SearchPlan plan, IReadOnlyList<TrialRecord> trials)
    {
        var brackets = Brackets(plan);
        for (var bracket = 0; bracket < brackets.Count; bracket++)
        {
            var (width, ladder) = brackets[bracket];
            for (var rung = 0; rung < ladder.Count; rung++)
            {
                var made = trials.Where(trial => trial.Bracket == bracket && trial.Rung == rung).ToList();
                var next = rung == 0 ? Fresh(plan, trials, made.Count < width) : Promoted(plan, trials, bracket, rung, Places(width, rung, plan)).ElementAtOrDefault(made.Count);
                if (next is not null)
                    return SearchStep.Try(next with { Values = WithBudget(plan, next.Values, ladder[rung]), Bracket = bracket, Rung = rung, Budget = ladder[rung] });
                // Who goes on is known once all have ended.
                if (made.Any(trial => trial.Status == TrialStatus.Running))
                    return SearchStep.Wait;
            }
        }

        return SearchStep.Done;
    }

    private static int Places(int width, int rung, SearchPlan plan) => (int)Math.Max(1, Math.Floor((width / Math.Pow(plan.Budget!.Eta, rung)) + 1e-9));

    private static Proposal? Fresh(SearchPlan plan, IReadOnlyList<TrialRecord> trials, bool hasRoom)
    {
        var tried = trials.Where(trial => trial.Rung == 0).Select(trial => trial.Values).ToList();
        return hasRoom && !(tried.Count >= plan.Space.Count) ? new Proposal(FreshPoints.Draw(plan, tried, stream: (ulong)tried.Count)) : null;
    }

    /// <summary>The best of the round before; who is as good as another and came first goes first, who failed never goes.</summary>
    private static IEnumerable<Proposal> Promoted(SearchPlan plan, IReadOnlyList<TrialRecord> trials, int bracket, int rung, int places) =>
        trials
            .Where(trial => trial.Bracket == bracket && trial.Rung == rung - 1 && trial.Status == TrialStatus.Succeeded)
            .OrderBy(trial => plan.Loss(trial.Value!.Value))
            .ThenBy(trial => trial.Number)
            .Take(places)
            .Select(trial => new Proposal(trial.Values) { From = trial.Number });

    private static OrderedDictionary<string, JsonElement> WithBudget(SearchPlan plan, IReadOnlyDictionary<string, JsonElement> values, double budget)
    {
        var parameter = plan.Budget!.Parameter;
        var spent = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var swept in plan.Space.Parameters)
            spent.Add(swept.Label, values[swept.Label]);
        spent.Add(parameter.Label, parameter.Domain.ValueAt(parameter.Domain.UnitOf(JsonSerializer.SerializeToElement(budget, SweepJson.Default.Double))));
        return spent;
    }
}
