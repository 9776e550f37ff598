using System.Text.Json;
using Fairlead.Domain.Sweeps;
using Fairlead.Steps.Tests.Support;
using Fairlead.Steps.Trials;

namespace Fairlead.Steps.Tests.Trials;

public sealed class StepTrialGraphTests : IDisposable
{
    private readonly TestProject project = new("""
        project: p
        steps:
          train:
            run: sh code.sh && echo "$FAIRLEAD_PARAM_L2" > out/model
            code: [code.sh]
            params: { l2: 1 }
            outputs: [model]
          evaluate:
            run: printf '{"loss":%s}' "$(cat in/model)" > out/metrics.json
            inputs: { model: train/model }
            params: { threshold: 1 }
            metrics: metrics.json
            outputs: []
        """);

    public StepTrialGraphTests()
    {
        project.Write("code.sh", "true");
        project.Git("add", "-A");
        project.Git("commit", "-q", "-m", "code");
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Trials_OfOneGraph_AreRunsOfTheProjectAsItWas()
    {
        var graph = await new StepTrialGraphs(project.Engine, 4).OpenAsync(["evaluate"], "tester", TestProject.Token);
        Assert.Equal(["train", "evaluate"], graph.Steps.Select(step => step.Name));
        Assert.Contains(graph.Parts, part => part.Name == "train/code:code.sh");
        Assert.Contains(graph.Parts, part => part is { Name: "train/param:l2", Value: "1" });
        // Trials do not see what becomes of the work tree.
        project.Write("code.sh", "exit 1");

        var runs = await Task.WhenAll(Enumerable.Range(1, 6).Select(l2 => graph.RunAsync(Values("train", "l2", $"{l2 % 3}"), TestProject.Token)));

        Assert.Equal([1, 2, 0, 1, 2, 0], runs.Select(trial => trial.Runs["evaluate"].Metrics["loss"]));
        Assert.Equal(3, runs.Select(trial => trial.Runs["train"].Id).Distinct().Count());
        Assert.True((await graph.RunAsync(Values("train", "l2", "2"), TestProject.Token)).IsReused);
        Assert.False((await graph.RunAsync(Values("evaluate", "threshold", "7"), TestProject.Token)).IsReused);
        var now = await new StepTrialGraphs(project.Engine, 4).OpenAsync(["evaluate"], "tester", TestProject.Token);
        Assert.Equal(["train/code:code.sh"], now.Parts.Except(graph.Parts).Select(part => part.Name));
        var failed = await now.RunAsync(Values("train", "l2", "9"), TestProject.Token);
        Assert.Contains("'train' ended with exit code 1", failed.Failure);
        Assert.DoesNotContain("evaluate", failed.Runs.Keys);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, JsonElement>> Values(string step, string name, string value) =>
        new() { [step] = new Dictionary<string, JsonElement> { [name] = JsonElement.Parse(value) } };
}
