using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;
using Fairlead.Sweeps.Searching;

namespace Fairlead.Sweeps.Tests.Searching;

public sealed class BayesSearchTests
{
    [Fact]
    public void Bayes_HoweverTrialsOvertakeOneAnother_TriesTheSame()
    {
        var plan = Spaces.Plan("x=0..1", "y=log:1e-3..1", "kind=a,b,c") with { Parallel = 3, Seed = 11, Trials = 18 };
        double? Function(IReadOnlyDictionary<string, System.Text.Json.JsonElement> values) =>
            values["kind"].GetString() == "b" ? null : Math.Pow(values["x"].GetDouble() - 0.7, 2) + Math.Abs(Math.Log10(values["y"].GetDouble()) + 2);
        var first = new SearchRunner(new BayesSearch(), plan, Function, new Random(0)).Run().Text();
        for (var seed = 1; seed < 3; seed++)
            Assert.Equal(first, new SearchRunner(new BayesSearch(), plan, Function, new Random(seed)).Run().Text());
        Assert.NotEqual(first, new SearchRunner(new BayesSearch(), plan with { Seed = 12 }, Function).Run().Text());
    }

    [Fact]
    public void Bayes_StoppedAnywhere_GoesOnAsIfItHadNotBeen()
    {
        var plan = Spaces.Plan("x=0..1", "n=int:1..9") with { Seed = 3, Trials = 14 };
        var whole = new SearchRunner(new BayesSearch(), plan, Loss).Run();
        foreach (var known in new[] { 1, 5, 9, 13 })
        {
            var rest = new SearchRunner(new BayesSearch(), plan, Loss);
            rest.Trials.AddRange(whole.Trials.Take(known));
            Assert.Equal(whole.Text(), rest.Run().Text());
        }

        static double? Loss(IReadOnlyDictionary<string, System.Text.Json.JsonElement> values) => Math.Sin(9 * values["x"].GetDouble()) + (0.1 * Math.Abs(values["n"].GetInt32() - 4));
    }

    [Fact]
    public void Bayes_MixedSpace_FindsWhatRandomHardlyDoes()
    {
        var wins = 0;
        for (var seed = 0UL; seed < 3; seed++)
        {
            var plan = Spaces.Plan("l2=log:1e-5..1", "rate=0..1", "size=int:4..64", "kind=a,b,c") with { Seed = seed, Trials = 40, Goal = SweepGoal.Maximize };
            var bayes = new SearchRunner(new BayesSearch(), plan, Score).Run().Trials.Max(trial => trial.Value);
            wins += bayes > new SearchRunner(new RandomSearch(), plan, Score).Run().Trials.Max(trial => trial.Value) ? 1 : 0;
            Assert.True(bayes > -0.02, $"Seed {seed}: {bayes}.");
        }

        Assert.True(wins == 3, $"Bayes won {wins} of 3.");

        static double? Score(IReadOnlyDictionary<string, System.Text.Json.JsonElement> values) =>
            -Math.Pow((Math.Log10(values["l2"].GetDouble()) + 3) / 5, 2) - Math.Pow(values["rate"].GetDouble() - 0.35, 2)
            - Math.Pow((values["size"].GetDouble() - 40) / 60, 2) - (values["kind"].GetString() == "c" ? 0 : 0.3);
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("flat")]
    [InlineData("huge")]
    [InlineData("steps")]
    [InlineData("one")]
    public void Bayes_StrangeFunctions_NeverCrashIt(string kind)
    {
        var plan = Spaces.Plan("x=0..1", "y=log:1e-3..1", "kind=a,b,c", "one=5") with { Trials = 16, Parallel = 2 };
        var random = new Random(4);
        var run = new SearchRunner(new BayesSearch(), plan, values => kind switch
        {
            "fails" => null,
            "flat" => 3,
            "huge" => random.Next(2) == 0 ? 1e300 : -1e300,
            "steps" => Math.Round(values["x"].GetDouble() * 2) * 1e-300,
            _ => random.Next(5) == 0 ? values["x"].GetDouble() : null,
        }).Run();
        Assert.Equal(16, run.Trials.Count);
        Assert.All(run.Trials, trial => Assert.NotEqual(TrialStatus.Running, trial.Status));
        Assert.Distinct(run.Trials.Select(trial => plan.Space.Signature(trial.Values)));
    }
}
