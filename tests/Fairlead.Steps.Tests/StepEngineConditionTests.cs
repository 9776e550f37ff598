using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Steps.Forecasting;
using Fairlead.Steps.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Tests;

public sealed class StepEngineConditionTests
{
    private const string Yaml = """
        project: tiny
        steps:
          a: { run: 'echo $FAIRLEAD_PARAM_I > out/x; echo "{\"m\": $FAIRLEAD_PARAM_I}" > out/m.json', matrix: { i: [1, 2, 3] }, when: params.i >= 2, outputs: [x], metrics: m.json }
          b: { run: 'cp in/x out/', matrix: { i: [1, 2, 3] }, inputs: { x: a/x }, when: metrics.a.m >= 3, outputs: [x] }
          c: { run: 'cat in/all/* > out/x', inputs: { all: 'b[*]/x' }, outputs: [x] }
          d: { run: 'cp in/x out/', inputs: { x: 'b[i=1]/x' }, outputs: [x] }
        """;

    [Fact]
    public async Task Run_WhereConditionsDoNotHold_LeavesOutWithoutFailing()
    {
        using var project = new TestProject(Yaml);
        var evaluator = new LeastValue();
        var engine = NewEngine(project, evaluator);
        var report = await engine.RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token);
        Assert.True(report.Succeeded, string.Join('\n', report.Steps.Select(step => step.Reason)));
        Assert.Equal(
            [
                "a[i=1] Unwanted not wanted: params.i >= 2",
                "a[i=2] Executed first run",
                "a[i=3] Executed first run",
                "b[i=1] Unwanted 'a[i=1]' is not wanted",
                "b[i=2] Unwanted not wanted: metrics.a.m >= 3",
                "b[i=3] Executed first run",
                "c Executed first run",
                "d Unwanted 'b[i=1]' is not wanted",
            ],
            report.Steps.Select(step => $"{step.Step} {step.Outcome} {step.Reason}").Order(StringComparer.Ordinal));
        Assert.Equal("3\n", await project.ReadOutputAsync(report.Steps.Single(step => step.Step == "c").Run!, "x"));
        var asked = evaluator.Asked;
        report = await engine.RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token);
        Assert.Equal((4, 4), (report.Counts.Cached, report.Counts.Unwanted));
        Assert.Equal(asked, evaluator.Asked);
    }

    [Fact]
    public async Task Forecast_WhereConditionsNeedParametersAlone_KnowsThem()
    {
        using var project = new TestProject(Yaml);
        var forecasts = await NewEngine(project, new LeastValue()).ForecastAsync(new RunOrder { User = "tester" }, TestProject.Token);
        Assert.Equal(
            ["a[i=1] Unwanted", "a[i=2] Execute", "a[i=3] Execute", "b[i=1] Unwanted", "b[i=2] Depends", "b[i=3] Depends", "c Depends", "d Unwanted"],
            forecasts.Select(forecast => $"{forecast.Step} {forecast.Fate}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_WhereAConditionCannotBeEvaluated_BeginsNothing()
    {
        using var project = new TestProject(Yaml.Replace("params.i >= 2", "params.k >= 2"));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => NewEngine(project, new LeastValue()).RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token));
        Assert.Equal("`when` of step 'a': there is no 'k'", problem.Message);
        Assert.Empty(await project.Catalog.ListAsync(null, 9, TestProject.Token));
    }

    [Fact]
    public async Task Find_OfAStepThatIsNotWanted_SaysSo()
    {
        using var project = new TestProject(Yaml);
        var engine = NewEngine(project, new LeastValue());
        await engine.RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token);
        var snapshot = await project.Workspace.ReadAsync(TestProject.Token);
        Assert.Equal("c-1", (await engine.FindAsync(snapshot, ["c"], TestProject.Token))["c"].Id.ToString());
        Assert.Contains("('b[i=1]' is not wanted)", (await Assert.ThrowsAsync<FairleadException>(() => engine.FindAsync(snapshot, ["d"], TestProject.Token))).Message);
        Assert.Contains("'a' means 3 variants", (await Assert.ThrowsAsync<FairleadException>(() => engine.FindAsync(snapshot, ["a"], TestProject.Token))).Message);
    }

    private static StepEngine NewEngine(TestProject project, IExpressionEvaluator evaluator) => new(
        project.Workspace, project.Store, project.Catalog, project.Catalog, new StepEngineOptions { State = project.State, Parallelism = 4 },
        TimeProvider.System, NullLogger<StepEngine>.Instance, evaluator);

    /// <summary>Understands <c>PATH >= NUMBER</c>.</summary>
    private sealed class LeastValue : IExpressionEvaluator
    {
        public int Asked { get; private set; }

        public Task<bool> EvaluateAsync(string expression, JsonElement data, CancellationToken cancellationToken)
        {
            Asked++;
            var (path, least) = (expression.Split(" >= ")[0], double.Parse(expression.Split(" >= ")[1]));
            foreach (var name in path.Split('.'))
                data = data.TryGetProperty(name, out var inner) ? inner : throw FairleadException.Invalid($"there is no '{name}'");
            return Task.FromResult(data.GetDouble() >= least);
        }
    }
}
