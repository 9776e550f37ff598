using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Tests.Keys;

public sealed class KeyPartsTests
{
    private static readonly ArtifactRef Artifact = new(ArtifactKind.Tree, Digest.Of("code"u8), 4);

    private static readonly StepDefinition Step = new()
    {
        Name = "train",
        Run = "python3 train.py",
        Code = ["trainer"],
        Inputs = [new StepInput("rows", null, "split", "rows.csv")],
        Parameters = Parameters("""{ "l2": 0.01, "label": "spät" }"""),
        Environment = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1" },
        Tools = ["python3"],
        Outputs = ["model.onnx", "a.txt"],
        Metrics = "metrics.json",
    };

    private static readonly StepSources Sources = new()
    {
        Code = new Dictionary<string, ArtifactRef> { ["trainer"] = Artifact },
        Scripts = new Dictionary<string, byte[]> { ["a.sql"] = "select 1"u8.ToArray(), ["b.sql"] = "select 1"u8.ToArray(), ["c.sql"] = "select 2"u8.ToArray() },
        Tools = new Dictionary<string, string> { ["python3"] = "Python 3.11.7" },
    };

    private static readonly RunInput Input = new("rows", "split/rows.csv", Artifact, null, new RunId("split", 1));

    [Fact]
    public void Compute_OfAWholeStep_HoldsEveryPartSorted()
    {
        var names = Compute(Step).Parts.Select(part => part.Name).ToArray();
        Assert.Equal(
            ["code:trainer", "command", "env:OMP_NUM_THREADS", "input:rows", "metrics", "outputs", "param:l2", "param:label", "platform", "sandbox", "tool:python3"],
            names);
    }

    [Fact]
    public void Compute_WhenAnyPartChanges_GivesAnotherKey()
    {
        StepDefinition[] variants =
        [
            Step,
            Step with { Run = "python3 train.py " },
            Step with { Code = [] },
            Step with { Parameters = Parameters("""{ "l2": 0.010, "label": "spät" }""") },
            Step with { Parameters = Parameters("""{ "l2": "0.01", "label": "spät" }""") },
            Step with { Parameters = Parameters("""{ "l2": 0.01 }""") },
            Step with { Environment = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "2" } },
            Step with { Environment = new Dictionary<string, string>() },
            Step with { Tools = [] },
            Step with { Outputs = ["model.onnx"] },
            Step with { Metrics = null },
            Step with { Run = null, Sql = "a.sql" },
            Step with { Run = null, Sql = "c.sql" },
        ];
        Assert.Equal(variants.Length, variants.Select(step => Compute(step).Digest).Distinct().Count());
    }

    [Fact]
    public void Compute_WhenOnlySpellingChanges_GivesTheSameKey()
    {
        StepDefinition[] variants =
        [
            Step,
            Step with { Outputs = ["a.txt", "model.onnx"] },
            Step with { Code = ["trainer", "trainer"] },
            Step with { Parameters = Parameters("""{ "label": "sp\u00e4t", "l2": 0.01 }""") },
            Step with { Timeout = TimeSpan.FromSeconds(1), Name = "other" },
        ];
        Assert.Single(variants.Select(step => Compute(step).Digest).Distinct());
    }

    [Fact]
    public void Compute_OfASqlStep_FollowsScriptAndEngineNotTheScriptsName()
    {
        var step = Step with { Run = null, Sql = "a.sql" };
        Assert.Equal(Compute(step).Digest, Compute(step with { Sql = "b.sql" }).Digest);
        Assert.NotEqual(Compute(step).Digest, KeyParts.Compute(step, Sources, [Input], "duckdb v2").Digest);
        Assert.Equal(Compute(Step).Digest, KeyParts.Compute(Step, Sources, [Input], "duckdb v2").Digest);
    }

    [Fact]
    public void Compute_WhenAnInputsBytesChange_GivesAnotherKeyAndNotWhenOnlyItsRunDoes()
    {
        var other = Input with { Artifact = Artifact with { Digest = Digest.Of("other"u8) } };
        Assert.NotEqual(Compute(Step).Digest, KeyParts.Compute(Step, Sources, [other], "v1").Digest);
        Assert.Equal(Compute(Step).Digest, KeyParts.Compute(Step, Sources, [Input with { Run = new RunId("split", 9) }], "v1").Digest);
    }

    private static StepKey Compute(StepDefinition step) => KeyParts.Compute(step, Sources, [Input], "duckdb v1");

    private static Dictionary<string, JsonElement> Parameters(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
}
