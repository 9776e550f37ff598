using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile;
using Fairlead.Steps.Graph;

namespace Fairlead.Steps.Tests.Graph;

public sealed class StepMatrixTests
{
    private const string Yaml = """
        project: tiny
        steps:
          split: { run: "true", outputs: [rows] }
          train:
            run: "true"
            matrix: { factors: [16, 32], customer: [acme, globex] }
            params: { seed: 7 }
            inputs: { rows: split/rows }
            outputs: [model]
          test: { run: "true", matrix: { customer: [globex, acme] }, inputs: { models: "train[*]/model" }, outputs: [report] }
          best: { run: "true", inputs: { all: "train[*]/model", one: "train[factors=32,customer=acme]/model", some: "train[factors=16,customer=*]/model" }, outputs: [x] }
        """;

    [Fact]
    public void Expand_OfAMatrix_MakesAVariantForEachCombination()
    {
        var steps = Steps(Yaml);
        var train = steps.Where(step => step.Family == "train").ToList();
        Assert.Equal(
            ["train[customer=acme,factors=16]", "train[customer=acme,factors=32]", "train[customer=globex,factors=16]", "train[customer=globex,factors=32]"],
            train.Select(step => step.Name));
        Assert.All(train, step => Assert.Equal("split", Assert.Single(step.Inputs).Step));
        Assert.Equal("customer=acme,factors=32", train[1].Variant);
        Assert.Equal(["customer: \"acme\"", "factors: 32", "seed: 7"], train[1].Parameters.Select(pair => $"{pair.Key}: {pair.Value.GetRawText()}"));
        Assert.Equal((null, "split"), (steps[0].Variant, steps[0].Family));
    }

    [Fact]
    public void Expand_OfInputs_BindsThemByTheSharedAxes()
    {
        var steps = Steps(Yaml).ToDictionary(step => step.Name);
        Assert.Equal(["customer=globex,factors=16", "customer=globex,factors=32"], Assert.Single(steps["test[customer=globex]"].Inputs).FanIn.Select(variant => variant.Variant));
        var inputs = steps["best"].Inputs.ToDictionary(input => input.Name);
        Assert.Equal(4, inputs["all"].FanIn.Count);
        Assert.Equal(("train[customer=acme,factors=32]", 0), (inputs["one"].Step, inputs["one"].FanIn.Count));
        Assert.Equal(["train[customer=acme,factors=16]", "train[customer=globex,factors=16]"], inputs["some"].FanIn.Select(variant => variant.Step));
    }

    [Fact]
    public void Select_OfVariants_TakesThemAndWhatTheyNeed()
    {
        var steps = Project(Yaml).Steps;
        Assert.Equal(["split", "train[customer=acme,factors=16]", "train[customer=acme,factors=32]"], Names(steps, "train[customer=acme]"));
        Assert.Equal(["split", "train[customer=globex,factors=32]"], Names(steps, "train[factors=32,customer=globex]"));
        Assert.Equal(5, Names(steps, "train").Length);
        Assert.Equal(5, Names(steps, "train[*]").Length);
        Assert.Equal(["split", "train[customer=acme,factors=16]", "train[customer=acme,factors=32]", "test[customer=acme]"], Names(steps, "test[customer=acme]"));
    }

    [Theory]
    [InlineData("train[customer=acmee]", "There is no 'train[customer=acmee]': the axis 'customer' of step 'train' has no value 'acmee'; did you mean 'acme'?")]
    [InlineData("train[custommer=acme]", "There is no 'train[custommer=acme]': the matrix of step 'train' has no axis 'custommer'; did you mean 'customer'?")]
    [InlineData("split[a=1]", "There is no 'split[a=1]': step 'split' has no matrix to pick 'a' from; write 'split'")]
    [InlineData("train[customer", "'train[customer' cannot be read as a step; write it as STEP or STEP[AXIS=VALUE,…].")]
    public void Select_OfAVariantThatIsNot_SaysWhatThereIs(string name, string message)
    {
        var problem = Assert.Throws<FairleadException>(() => StepGraph.Select(Project(Yaml).Steps, [name]));
        Assert.Equal((ProblemKind.NotFound, message), (problem.Kind, problem.Message));
    }

    [Fact]
    public void Expand_OfAHundredThousandVariants_IsOrdered()
    {
        var numbers = string.Join(", ", Enumerable.Range(0, 1000));
        var steps = StepGraph.Select(Project($$"""
            project: tiny
            steps:
              a: { run: "true", matrix: { i: [{{numbers}}], k: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40] }, outputs: [x] }
              b: { run: "true", matrix: { i: [{{numbers}}] }, inputs: { x: "a[k=7]/x" }, outputs: [y] }
              c: { run: "true", inputs: { y: "b[*]/y" }, outputs: [z] }
            """).Steps, []);
        Assert.Equal(41_001, steps.Count);
        Assert.Equal("c", steps[^1].Name);
        Assert.Equal(1000, steps[^1].Inputs[0].FanIn.Count);
        Assert.Equal("a[i=999,k=7]", steps.Single(step => step.Name == "b[i=999]").Inputs[0].Step);
    }

    private static ProjectDefinition Project(string yaml)
    {
        var reading = new YamlProjectReader().Read(yaml);
        Assert.True(reading.Succeeded, string.Join('\n', reading.Problems));
        return reading.Project;
    }

    private static IReadOnlyList<StepDefinition> Steps(string yaml) => StepMatrix.Expand(Project(yaml).Steps);

    private static string[] Names(IReadOnlyList<StepDefinition> steps, params string[] names) => [.. StepGraph.Select(steps, names).Select(step => step.Name)];
}
