using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Tests.Transitions;

namespace Fairlead.Pipelines.Tests.Stages;

public sealed class CheckStageTests
{
    [Fact]
    public void Check_SeveralWays_AreAskedInTurnAndTheirOutputsJoined()
    {
        var machine = Checking("""{"http":"/v2/health/ready","grpc":"host","golden":"golden.csv","environment":"stage","tolerance":0.5,"within":"2s"}""");
        Assert.Equal<string>(["1/c/1/http"], machine.Running);
        Assert.Equal("""{"url":"/v2/health/ready","method":"GET","headers":{},"environment":"stage","limit":2000}""", machine["c"].Activity!.Input.GetRawText());
        machine.Finish("1/c/1/http", """{"status":200,"latency":0.1}""");
        Assert.Equal<string>(["1/c/1/grpc"], machine.Running);
        machine.Finish("1/c/1/grpc", """{"health":"Serving"}""");
        Assert.Equal<string>(["1/c/1/golden"], machine.Running);
        machine.Finish("1/c/1/golden", """{"golden":{"rows":3}}""");
        Assert.Equal(StageStatus.Succeeded, machine["c"].Status);
        Assert.Equal("""{"status":200,"latency":0.1,"health":"Serving","golden":{"rows":3}}""", machine["c"].Output!.Value.GetRawText());
    }

    [Fact]
    public void Check_OneWayFails_TheOthersAreNotAsked()
    {
        var machine = Checking("""{"http":"/x","golden":"golden.csv"}""").Fail("1/c/1/http", isRetryable: false);
        Assert.Equal((StageStatus.Failed, "It broke."), (machine["c"].Status, machine["c"].Error));
        Assert.Empty(machine.Running);
    }

    private static Machine Checking(string settings) => new(Sample.Plan(Sample.Stage("c", "check", settings)));
}
