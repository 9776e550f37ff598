using Fairlead.Sweeps.Searching;

namespace Fairlead.Sweeps.Tests.Searching;

public sealed class BracketSearchTests
{
    private static SearchPlan Plan(string budget, int eta, int? trials) => Spaces.Plan("x=0..1") with
    {
        Trials = trials,
        Budget = new BudgetRange(Spaces.Parameter($"epochs=int:{budget}"), double.Parse(budget.Split("..")[0]), double.Parse(budget.Split("..")[1]), eta),
    };

    [Fact]
    public void Halving_27Trials_PromotesTheBestThirdOfEachRound()
    {
        var run = new SearchRunner(new HalvingSearch(), Plan("1..27", 3, 27), values => Math.Abs(values["x"].GetDouble() - 0.3)).Run();
        Assert.Equal([(0, 1, 27), (1, 3, 9), (2, 9, 3), (3, 27, 1)], run.Trials.GroupBy(trial => (trial.Rung, trial.Budget)).Select(rung => ((int)rung.Key.Rung!, (int)rung.Key.Budget!, rung.Count())));
        Assert.Equal(40, new HalvingSearch().CountTrials(Plan("1..27", 3, 27)));
        foreach (var rung in run.Trials.GroupBy(trial => trial.Rung).Where(rung => rung.Key > 0))
        {
            var before = run.Trials.Where(trial => trial.Rung == rung.Key - 1).OrderBy(trial => trial.Value).Take(rung.Count()).Select(trial => (int?)trial.Number);
            Assert.Equal(before, rung.Select(trial => trial.From));
            Assert.All(rung, trial => Assert.Equal(run.Trials[trial.From!.Value - 1].Values["x"].GetRawText(), trial.Values["x"].GetRawText()));
            Assert.All(rung, trial => Assert.Equal(trial.Budget, trial.Values["epochs"].GetDouble()));
        }
    }

    [Theory]
    [InlineData("1..27", 3, 40, new[] { 40, 13, 4, 1 }, new[] { 1, 3, 9, 27 })]
    [InlineData("1..100", 3, 10, new[] { 10, 3, 1, 1, 1 }, new[] { 1, 4, 11, 33, 100 })]
    [InlineData("5..20", 2, null, new[] { 4, 2, 1 }, new[] { 5, 10, 20 })]
    [InlineData("2..27", 4, null, new[] { 4, 1 }, new[] { 7, 27 })]
    public void Halving_BudgetsThatAreNoPowers_EndAtTheMost(string budget, int eta, int? trials, int[] counts, int[] budgets)
    {
        var run = new SearchRunner(new HalvingSearch(), Plan(budget, eta, trials), values => values["x"].GetDouble()).Run();
        Assert.Equal(counts, run.Trials.GroupBy(trial => trial.Rung).Select(rung => rung.Count()));
        Assert.Equal(budgets, run.Trials.GroupBy(trial => trial.Rung).Select(rung => rung.First().Values["epochs"].GetInt32()));
    }

    [Fact]
    public void Halving_TrialsThatFail_GoNoFurther()
    {
        var run = new SearchRunner(new HalvingSearch(), Plan("1..27", 3, 27), values => values["x"].GetDouble() > 0.2 ? null : values["x"].GetDouble()).Run();
        Assert.All(run.Trials.Where(trial => trial.Rung > 0), trial => Assert.True(trial.Values["x"].GetDouble() <= 0.2));
        var survivors = run.Trials.Count(trial => trial.Rung == 0 && trial.Value is not null);
        Assert.Equal(Math.Min(9, survivors), run.Trials.Count(trial => trial.Rung == 1));
        Assert.Equal(27, new SearchRunner(new HalvingSearch(), Plan("1..27", 3, 27), _ => null).Run().Trials.Count);
    }

    [Fact]
    public void Hyperband_TrialsOfAllBrackets_AreThoseOfThePaper()
    {
        var run = new SearchRunner(new HyperbandSearch(), Plan("1..81", 3, null), values => values["x"].GetDouble()).Run();
        var rounds = run.Trials.GroupBy(trial => (trial.Bracket, trial.Rung)).Select(round => (round.Count(), (int)round.First().Budget!)).ToList();
        Assert.Equal([(81, 1), (27, 3), (9, 9), (3, 27), (1, 81), (34, 3), (11, 9), (3, 27), (1, 81), (15, 9), (5, 27), (1, 81), (8, 27), (2, 81), (5, 81)], rounds);
        Assert.Equal(run.Trials.Count, new HyperbandSearch().CountTrials(Plan("1..81", 3, null)));
        Assert.Distinct(run.Trials.Where(trial => trial.Rung == 0).Select(trial => trial.Values["x"].GetRawText()));
    }

    [Fact]
    public void Brackets_HoweverTrialsOvertakeOneAnother_TryTheSame()
    {
        var alone = new SearchRunner(new HalvingSearch(), Plan("1..27", 3, 27), values => values["x"].GetDouble()).Run().Text();
        for (var seed = 0; seed < 20; seed++)
            Assert.Equal(alone, new SearchRunner(new HalvingSearch(), Plan("1..27", 3, 27) with { Parallel = 5 }, values => values["x"].GetDouble(), new Random(seed)).Run().Text());
    }
}
