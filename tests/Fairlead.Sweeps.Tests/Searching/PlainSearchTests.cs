using Fairlead.Sweeps.Searching;

namespace Fairlead.Sweeps.Tests.Searching;

public sealed class PlainSearchTests
{
    [Fact]
    public void Grid_SeveralParameters_IsNestedLoops()
    {
        var plan = Spaces.Plan("a=1,2", "b=x,y,z", "c=int:5..6") with { Trials = null };
        var run = new SearchRunner(new GridSearch(), plan, _ => 0).Run();
        Assert.Equal(12, new GridSearch().CountTrials(plan));
        Assert.Equal(
            ["1 \"x\" 5", "1 \"x\" 6", "1 \"y\" 5", "1 \"y\" 6", "1 \"z\" 5", "1 \"z\" 6", "2 \"x\" 5", "2 \"x\" 6", "2 \"y\" 5", "2 \"y\" 6", "2 \"z\" 5", "2 \"z\" 6"],
            run.Trials.Select(trial => string.Join(' ', trial.Values.Values.Select(value => value.GetRawText()))));
    }

    [Fact]
    public void Random_SameSeed_TriesTheSameForEver()
    {
        var plan = Spaces.Plan("l2=log:1e-4..1", "factors=8,16,32", "size=int:4..64") with { Seed = 7, Trials = 3 };
        // Held for good: recorded sweeps go on by them.
        Assert.Equal(["0.0769188 16 37", "0.00181196 8 60", "0.00114625 16 35"], new SearchRunner(new RandomSearch(), plan, _ => 0).Run().Trials.Select(trial => string.Join(' ', trial.Values.Values.Select(value => value.GetRawText()))));
        var other = new SearchRunner(new RandomSearch(), plan with { Seed = 8 }, _ => 0).Run();
        Assert.NotEqual("0.0769188", other.Trials[0].Values["l2"].GetRawText());
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(12, 12)]
    [InlineData(500, 12)]
    public void Random_SmallSpace_TriesNothingTwice(int ordered, int made)
    {
        var plan = Spaces.Plan("a=1,2", "b=x,y,z", "c=int:5..6") with { Trials = ordered };
        foreach (var search in new ISearch[] { new RandomSearch(), new BayesSearch() })
        {
            var run = new SearchRunner(search, plan, values => values["c"].GetDouble()).Run();
            Assert.Equal(made, run.Trials.Count);
            Assert.Equal(made, search.CountTrials(plan));
            Assert.Distinct(run.Trials.Select(trial => plan.Space.Signature(trial.Values)));
        }
    }

    [Fact]
    public void Random_ManyTrials_SpreadEvenly()
    {
        var plan = Spaces.Plan("l2=log:1e-4..1") with { Trials = 2000 };
        var run = new SearchRunner(new RandomSearch(), plan, _ => 0).Run();
        foreach (var decade in new[] { 1e-4, 1e-3, 1e-2, 1e-1 })
            Assert.InRange(run.Trials.Count(trial => trial.Values["l2"].GetDouble() >= decade && trial.Values["l2"].GetDouble() < decade * 10), 420, 580);
    }
}
