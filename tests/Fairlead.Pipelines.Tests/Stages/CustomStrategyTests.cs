using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Tests.Transitions;

namespace Fairlead.Pipelines.Tests.Stages;

public sealed class CustomStrategyTests
{
    [Fact]
    public void Deploy_CustomStrategy_ExecutesItsPipelineWithEnvironmentAndRelease()
    {
        var machine = Deploying("""{"environment":"prod","release":"v002","services":["late","page"],"strategy":"custom","pipeline":"dark"}""");
        Assert.Equal<string>(["1/d/1/start"], machine.Running);
        Assert.Equal("""{"pipeline":"dark","inputs":{"environment":"prod","release":"v002","services":"late,page"}}""", machine["d"].Activity!.Input.GetRawText());
        machine.Finish("1/d/1/start", """{"execution":7}""").Finish("1/d/1/wait", """{"execution":7,"status":"succeeded"}""");
        Assert.Equal("""{"execution":7,"status":"succeeded","environment":"prod","release":"v002"}""", machine["d"].Output!.Value.GetRawText());
    }

    [Fact]
    public void Deploy_CustomStrategyCancelled_CancelsItsPipeline()
    {
        var machine = Deploying("""{"environment":"prod","strategy":"custom","pipeline":"dark"}""").Finish("1/d/1/start", """{"execution":7}""");
        machine.Ask(ExecutionEventKind.CancelRequested);
        Assert.Equal<string>(["1/d/1/undo-1-cancel"], machine.Running);
    }

    [Fact]
    public void Deploy_CustomStrategyWithoutPipeline_FailsWithTheCure() =>
        Assert.Equal("The strategy 'custom' needs the pipeline that rolls out; add 'pipeline'.", Deploying("""{"environment":"prod","strategy":"custom"}""")["d"].Error);

    private static Machine Deploying(string settings) => new(Sample.Plan(Sample.Stage("d", "deploy", settings)));
}
