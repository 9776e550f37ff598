using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Planning;

namespace Fairlead.Pipelines.Tests.Planning;

public sealed class AnalysisCheckTests
{
    [Theory]
    [InlineData("""{"environment":"prod","strategy":"canary","each":"3s","analyse":["latency.p99"]}""", "Stage 'd': 3 s is too short for 'prod'.")]
    [InlineData("""{"environment":"prod","strategy":"canary","each":"${{ inputs.each }}","analyse":["latency.p99"]}""", "Stage 'd': 3 s is too short for 'prod'.")]
    [InlineData("""{"environment":"prod","strategy":"canary","each":"1h","analyse":["latency.p99"]}""", null)]
    [InlineData("""{"environment":"prod","strategy":"canary","each":"3s"}""", null)]
    [InlineData("""{"environment":"prod","strategy":"custom","pipeline":"dark","analyse":["latency.p99"]}""", null)]
    [InlineData("""{"environment":"${{ stages.a.environment }}","strategy":"canary","each":"3s","analyse":["latency.p99"]}""", null)]
    [InlineData("""{"environment":"prod"}""", null)]
    public async Task Require_StageThatCannotBeAnalysed_IsRefusedBeforeAnythingBegins(string settings, string? problem)
    {
        var plan = Sample.Plan(Sample.Stage("d", "deploy", settings)) with { Inputs = new Dictionary<string, System.Text.Json.JsonElement> { ["each"] = Sample.Json("\"3s\"") } };

        var refused = await Record.ExceptionAsync(() => AnalysisCheck.RequireAsync(plan, Sample.Project(), new Impatient(), TestContext.Current.CancellationToken));

        Assert.Equal(problem, (refused as FairleadException)?.Message);
        Assert.Equal(problem is null, refused is null);
    }

    private sealed class Impatient : IRolloutAnalysis
    {
        public Task<AnalysisPlan?> PlanAsync(string environment, Strategy strategy, IReadOnlyList<string> services, CancellationToken cancellationToken) =>
            strategy.Each < TimeSpan.FromMinutes(1) ? throw FairleadException.Invalid($"{strategy.Each.TotalSeconds} s is too short for '{environment}'.") : Task.FromResult<AnalysisPlan?>(null);

        public Task<RolloutVerdict> JudgeAsync(RolloutQuestion question, CancellationToken cancellationToken) => throw new InvalidOperationException("Nothing is judged here.");
    }
}
