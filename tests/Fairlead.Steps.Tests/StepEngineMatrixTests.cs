using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Forecasting;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

public sealed class StepEngineMatrixTests
{
    private const string Yaml = """
        project: tiny
        steps:
          train:
            run: 'echo $FAIRLEAD_PARAM_CUSTOMER $FAIRLEAD_PARAM_FACTORS $FAIRLEAD_PARAM_SEED $FAIRLEAD_STEP > out/model'
            matrix: { customer: [acme, globex], factors: [16, 32] }
            params: { seed: 7 }
            outputs: [model]
          test: { run: 'cat in/model > out/report', matrix: { customer: [acme, globex] }, inputs: { model: 'train[factors=32]/model' }, outputs: [report] }
          all:
            run: '(cd "$FAIRLEAD_IN_MODELS" && for f in *; do echo "$f: $(cat "$f")"; done) > out/list'
            inputs: { models: 'train[*]/model' }
            outputs: [list]
        """;

    [Fact]
    public async Task Run_OfAMatrix_NumbersItsVariantsInOneSeriesAndReadsThemTogether()
    {
        using var project = new TestProject(Yaml);
        var report = await project.RunAsync();
        Assert.True(report.Succeeded, string.Join('\n', report.Steps.Select(step => step.Reason)));
        var byName = report.Steps.ToDictionary(step => step.Step);
        Assert.Equal([1, 2, 3, 4], byName.Values.Where(step => step.Run!.Id.Step == "train").Select(step => step.Run!.Id.Number).Order());
        Assert.Equal("globex 32 7 train\n", await project.ReadOutputAsync(byName["test[customer=globex]"].Run!, "report"));
        Assert.Equal(
            "customer=acme,factors=16: acme 16 7 train\ncustomer=acme,factors=32: acme 32 7 train\ncustomer=globex,factors=16: globex 16 7 train\ncustomer=globex,factors=32: globex 32 7 train\n",
            await project.ReadOutputAsync(byName["all"].Run!, "list"));
        var run = await project.RunOfAsync(byName["all"]);
        Assert.Equal("models/customer=acme,factors=16", run.Inputs[0].Name);
        Assert.Equal("train[customer=acme,factors=16]/model", run.Inputs[0].Source);
        Assert.Equal("customer=globex,factors=32", (await project.RunOfAsync(byName["train[customer=globex,factors=32]"])).Variant);
        Assert.All((await project.RunAsync()).Steps, step => Assert.Equal(StepOutcome.Cached, step.Outcome));
    }

    [Fact]
    public async Task Run_WhenAValueIsAdded_ExecutesWhatItConcernsAndNothingElse()
    {
        using var project = new TestProject(Yaml);
        await project.OutcomesAsync();
        project.Edit("fairlead.yaml", "factors: [16, 32]", "factors: [8, 16, 32]");
        var report = await project.RunAsync();
        Assert.Equal(
            ["all", "train[customer=acme,factors=8]", "train[customer=globex,factors=8]"],
            report.Steps.Where(step => step.Outcome == StepOutcome.Executed).Select(step => step.Step).Order(StringComparer.Ordinal));
        Assert.Equal("input:models/customer=acme,factors=8 added, input:models/customer=globex,factors=8 added", report.Steps.Single(step => step.Step == "all").Reason);
    }

    [Fact]
    public async Task Run_WithOverlays_MakesOrdinaryRunsThatAreFoundAgain()
    {
        using var project = new TestProject(Yaml);
        await project.OutcomesAsync();
        var order = new RunOrder { Steps = ["test[customer=acme]"], User = "tester", Overlays = Overlay("train", "seed", 8) };
        var trial = await project.RunAsync(order);
        Assert.Equal("acme 32 8 train\n", await project.ReadOutputAsync(trial.Steps.Single(step => step.Step == "test[customer=acme]").Run!, "report"));
        Assert.Equal([StepOutcome.Executed, StepOutcome.Executed], trial.Steps.Select(step => step.Outcome));
        Assert.All((await project.RunAsync(order)).Steps, step => Assert.Equal(StepOutcome.Cached, step.Outcome));
        Assert.All((await project.RunAsync()).Steps, step => Assert.Equal(StepOutcome.Cached, step.Outcome));
        var one = await project.RunAsync(new RunOrder { User = "tester", Overlays = Overlay("train[customer=globex,factors=32]", "seed", 9) });
        Assert.Equal(["all", "test[customer=globex]", "train[customer=globex,factors=32]"], one.Steps.Where(step => step.Outcome == StepOutcome.Executed).Select(step => step.Step).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("train", "sed", "Step 'train' has no parameter 'sed'; did you mean 'seed'?")]
    [InlineData("trian", "seed", "Parameters are given for the step 'trian', which is not among those to run; did you mean 'train'?")]
    public async Task Run_WithAnOverlayOfNothing_IsRefused(string step, string parameter, string message)
    {
        using var project = new TestProject(Yaml);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync(new RunOrder { User = "tester", Overlays = Overlay(step, parameter, 1) }));
        Assert.Equal((ProblemKind.Invalid, message), (problem.Kind, problem.Message));
        Assert.Empty(await project.Catalog.ListAsync(null, 9, TestProject.Token));
    }

    [Fact]
    public async Task Forecast_OfAChange_SaysWhatRunsAndWhyWithoutRunningAnything()
    {
        using var project = new TestProject(Yaml);
        await project.OutcomesAsync();
        project.Edit("fairlead.yaml", "seed: 7", "seed: 8");
        project.Edit("fairlead.yaml", "cat in/model", "cat in/model /dev/null");
        var forecasts = (await project.Engine.ForecastAsync(new RunOrder { User = "tester" }, TestProject.Token)).ToDictionary(forecast => forecast.Step);
        Assert.Equal((StepFate.Execute, "param:seed 7 > 8"), (forecasts["train[customer=acme,factors=16]"].Fate, forecasts["train[customer=acme,factors=16]"].Reason));
        Assert.Equal(StepFate.Depends, forecasts["test[customer=acme]"].Fate);
        Assert.Equal(StepFate.Depends, forecasts["all"].Fate);
        Assert.Equal(7, (await project.Catalog.ListAsync(null, 99, TestProject.Token)).Count);
        project.Edit("fairlead.yaml", "seed: 8", "seed: 7");
        forecasts = (await project.Engine.ForecastAsync(new RunOrder { User = "tester" }, TestProject.Token)).ToDictionary(forecast => forecast.Step);
        Assert.Equal((StepFate.Cached, "same key as " + forecasts["all"].Run!.Id), (forecasts["all"].Fate, forecasts["all"].Reason));
        Assert.Equal("command changed", forecasts["test[customer=acme]"].Reason);
    }

    [Fact]
    public async Task Run_OfALargeGraph_TellsWhatIsReusedTogether()
    {
        using var project = new TestProject($"project: tiny\nsteps:\n  a: {{ run: echo $FAIRLEAD_PARAM_I > out/x, matrix: {{ i: [{string.Join(", ", Enumerable.Range(0, 150))}] }}, outputs: [x] }}\n");
        Assert.Equal(150, (await project.RunAsync()).Counts.Executed);
        project.Events.Clear();
        var report = await project.RunAsync();
        Assert.Equal((150, true), (report.Counts.Cached, report.Succeeded));
        Assert.Equal([new GraphRead(150), new StepsPassed(150, 0)], project.Events);
    }

    [Fact]
    public void Bounded_OfALargeReport_KeepsWhatFailed()
    {
        var brief = new RunBrief { Id = new RunId("a", 1), Key = default, Status = RunStatus.Succeeded };
        StepResult[] steps = [.. Enumerable.Range(0, 5000).Select(i => new StepResult($"a[i={i}]", brief, i % 100 == 99 ? StepOutcome.Failed : i % 10 == 0 ? StepOutcome.Executed : StepOutcome.Cached, ""))];
        var bounded = new RunReport(new Domain.Projects.CommitState("c", null, null), StepCounts.Of(steps), steps, []).Bounded();
        Assert.Equal((550, 4450), (bounded.Steps.Count, bounded.Omitted));
        Assert.Equal((50, 500), (bounded.Steps.Count(step => step.Outcome == StepOutcome.Failed), bounded.Steps.Count(step => step.Outcome == StepOutcome.Executed)));
        Assert.False(bounded.Succeeded);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, JsonElement>> Overlay(string step, string parameter, int value) =>
        new() { [step] = new Dictionary<string, JsonElement> { [parameter] = JsonSerializer.SerializeToElement(value) } };
}
