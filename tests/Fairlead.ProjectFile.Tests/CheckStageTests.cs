namespace Fairlead.ProjectFile.Tests;

/// <summary>A check is a condition where it is text, and a stage where it is a map.</summary>
public sealed class CheckStageTests
{
    [Fact]
    public void Check_Map_IsAStageAndItsExpectationIsItsCondition()
    {
        var reading = Read("fit: { check: { golden: golden.csv, environment: stage, expect: golden.worst < 0.5 }, timeout: 1m }");
        Assert.Empty(reading.Problems);
        var stage = Assert.Single(Assert.Single(reading.Project!.Pipelines).Stages);
        Assert.Equal(("check", "golden.worst < 0.5", TimeSpan.FromMinutes(1)), (stage.Kind, stage.Check, stage.Timeout));
        Assert.Equal("""{"golden":"golden.csv","environment":"stage"}""", stage.Settings.GetRawText());
    }

    [Fact]
    public void Check_Text_IsTheConditionOfAnotherStage()
    {
        var reading = Read("pause: { wait: 1s, check: 1 < 2 }");
        Assert.Empty(reading.Problems);
        Assert.Equal(("wait", "1 < 2"), (reading.Project!.Pipelines[0].Stages[0].Kind, reading.Project.Pipelines[0].Stages[0].Check));
    }

    [Theory]
    [InlineData("fit: { check: { environment: stage } }", "stage 'fit' of pipeline 'p' is a check of nothing; add one of http, grpc, golden")]
    [InlineData("fit: { check: { golden: g.csv, tolerance: -1 } }", "'-1'; use 0 to")]
    [InlineData("fit: { check: { golden: g.csv, environment: nowhere } }", "'nowhere'")]
    [InlineData("fit: { check: { gold: g.csv } }", "did you mean 'golden'?")]
    [InlineData("fit: { wait: 1s, check: { http: /x } }", "which is a wait")]
    [InlineData("fit: { load: late, data: predictions }", "lacks 'rate'; add it")]
    [InlineData("fit: { deploy: stage, strategy: custom, pipeline: nope }", "'nope'")]
    public void Check_Wrong_IsNamedWithTheCure(string stage, string expected) =>
        Assert.Contains(Read(stage).Problems, problem => problem.Message.Contains(expected, StringComparison.Ordinal));

    private static Domain.Projects.ProjectReading Read(string stage) => new YamlProjectReader().Read(
        $$"""
        project: p
        services: { late: { command: x } }
        environments: { stage: {} }
        pipelines:
          p:
            stages:
              {{stage}}

        """);
}
