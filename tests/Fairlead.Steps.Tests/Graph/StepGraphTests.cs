using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Graph;

namespace Fairlead.Steps.Tests.Graph;

public sealed class StepGraphTests
{
    [Fact]
    public void Select_OfRandomGraphs_OrdersEachStepAfterWhatItNeeds()
    {
        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var steps = RandomGraph(random, 300);
            var ordered = StepGraph.Select(steps, []);
            Assert.Equal(steps.Count, ordered.Count);
            var seen = new HashSet<string>();
            foreach (var step in ordered)
            {
                Assert.All(StepGraph.NeededBy(step), name => Assert.Contains(name, seen));
                Assert.True(seen.Add(step.Name));
            }
        }
    }

    [Fact]
    public void Select_OfSomeSteps_TakesWhatTheyNeedAndNothingElse()
    {
        var steps = new[] { Step("e", "c"), Step("d", "b"), Step("c", "a"), Step("b"), Step("a") };
        Assert.Equal(["a", "c", "e"], Names(StepGraph.Select(steps, ["e", "c", "e"])));
        Assert.Equal(["b"], Names(StepGraph.Select(steps, ["b"])));
    }

    [Fact]
    public void Select_OfIndependentSteps_KeepsTheOrderOfTheFile() =>
        Assert.Equal(["z", "b", "m", "a"], Names(StepGraph.Select([Step("z"), Step("b"), Step("m"), Step("a")], [])));

    [Fact]
    public void Select_OfAChainOfTenThousand_NeedsNoDeepStack()
    {
        var steps = Enumerable.Range(0, 10_000).Select(i => i == 9_999 ? Step("s9999") : Step($"s{i}", $"s{i + 1}")).ToArray();
        var ordered = StepGraph.Select(steps, ["s0"]);
        Assert.Equal(10_000, ordered.Count);
        Assert.Equal("s9999", ordered[0].Name);
    }

    [Fact]
    public void Select_OfUnknownNames_NamesThemAllWithTheNearest()
    {
        var problem = Assert.Throws<FairleadException>(() => StepGraph.Select([Step("train"), Step("split")], ["trian", "sp", "train"]));
        Assert.Equal(ProblemKind.NotFound, problem.Kind);
        Assert.Contains("'trian'; did you mean 'train'?", problem.Message);
        Assert.Contains("'sp'", problem.Message);
        Assert.Equal(2, problem.Message.Split('\n').Length);
    }

    [Fact]
    public void Select_OfACircle_NamesItsSteps()
    {
        var problem = Assert.Throws<FairleadException>(() => StepGraph.Select([Step("a", "b"), Step("b", "a"), Step("c")], []));
        Assert.Equal("These steps need one another in a circle: 'a', 'b'; remove one of their inputs.", problem.Message);
    }

    private static string[] Names(IEnumerable<StepDefinition> steps) => [.. steps.Select(step => step.Name)];

    private static StepDefinition Step(string name, params string[] needs) => new()
    {
        Name = name,
        Run = "true",
        Inputs = [.. needs.Select(need => new StepInput(need, null, need, "out"))],
    };

    private static List<StepDefinition> RandomGraph(Random random, int count)
    {
        var rank = Enumerable.Range(0, count).ToArray();
        var steps = rank.Select(i => Step($"s{i}", [.. Enumerable.Range(0, i).Where(_ => random.Next(60) == 0).Select(j => $"s{j}")])).ToArray();
        random.Shuffle(steps);
        return [.. steps];
    }
}
