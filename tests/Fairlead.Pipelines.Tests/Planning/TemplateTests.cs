using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Planning;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Tests.Planning;

public sealed class TemplateTests
{
    private static readonly StageTemplate Careful = new("careful@2")
    {
        Parameters = [new PipelineInput { Name = "environment" }, new PipelineInput { Name = "pause", Default = Sample.Json("\"10m\"") }],
        Stages =
        [
            Sample.Stage("deploy", "deploy", """{"environment":"${{ parameters.environment }}"}"""),
            Sample.Stage("settle", "wait", """{"for":"${{ parameters.pause }}"}""", "deploy") with { Check = "stages.${{ parameters.self }}_deploy.changed" },
        ],
    };

    [Fact]
    public void Uses_StagesStandInItsPlace_WithParametersFilledIn()
    {
        var plan = Make(
            Sample.Script("before"),
            Sample.Stage("prod", "", """{"environment":"${{ inputs.where }}"}""", "before") with { Uses = "careful@2", When = "inputs.fast" },
            Sample.Script("after", "prod"));
        Assert.Equal<string>(["before", "prod_deploy", "prod_settle", "after"], plan.Stages.Select(stage => stage.Name));
        Assert.Equal<string>(["before"], plan.Stages[1].After);
        Assert.Equal<string>(["prod_settle"], plan.Stages[3].After);
        Assert.Equal("${{ inputs.where }}", plan.Stages[1].Settings.GetProperty("environment").GetString());
        Assert.Equal("10m", plan.Stages[2].Settings.GetProperty("for").GetString());
        Assert.Equal(("inputs.fast", "stages.prod_deploy.changed"), (plan.Stages[2].When, plan.Stages[2].Check));
    }

    [Fact]
    public void Uses_WithoutAParameterThatIsNeeded_IsRefused() => Assert.Equal(
        "Stage 'prod' lacks 'environment', which the template 'careful@2' needs; add it under 'with'.",
        Assert.Throws<FairleadException>(() => Make(Sample.Stage("prod", "") with { Uses = "careful@2" })).Message);

    [Fact]
    public void Inputs_AllThatIsWrong_IsSaidAtOnce()
    {
        var pipeline = Sample.Pipeline("p", Sample.Script("a")) with { Inputs = [new PipelineInput { Name = "share", Type = PipelineInputType.Number }, new PipelineInput { Name = "where", Choices = ["stage", "prod"] }] };
        var problem = Assert.Throws<FairleadException>(() => PlanMaker.Make(
            Sample.Project(pipeline), "p", new Dictionary<string, JsonElement> { ["where"] = Sample.Json("\"moon\""), ["wher"] = Sample.Json("1") }, new ExecutionCause("manual", "ann"), null, null, Sample.Start, StageCatalog.Standard));
        Assert.Equal(
            "The pipeline 'p' takes no input 'wher'; did you mean 'where'?\nThe pipeline 'p' needs the input 'share'; give it, such as 'share=…'.\nThe input 'where' is 'moon'; give one of stage, prod.",
            problem.Message);
    }

    [Fact]
    public void Pipeline_ThatExecutesItself_IsRefused()
    {
        var project = Sample.Project(Sample.Pipeline("p", Sample.Stage("q", "pipeline", """{"pipeline":"q"}""")), Sample.Pipeline("q", Sample.Stage("p", "pipeline", """{"pipeline":"p"}""")));
        Assert.Equal("The pipeline 'p' executes itself: p > q > p; remove that stage.", Assert.Throws<FairleadException>(() => Make(project)).Message);
    }

    [Fact]
    public void Locks_OfNestedPipelines_AreTakenByTheOuterOne()
    {
        var project = Sample.Project(Sample.Pipeline("p", Sample.Stage("q", "pipeline", """{"pipeline":"q"}""")) with { Locks = ["x"] }, Sample.Pipeline("q", Sample.Script("a")) with { Locks = ["y"] });
        Assert.Equal<string>(["x", "y"], Make(project).Locks);
        Assert.Empty(Make(project, "1/q/1/start").Locks);
    }

    [Fact]
    public void DryRun_FillsInInputs_AndLeavesWhatStagesWillGive()
    {
        var pipeline = Sample.Pipeline("p", Sample.Stage("n", "notify", """{"message":"${{ inputs.where }}: ${{ stages.a.release }}"}""")) with { Inputs = [new PipelineInput { Name = "where", Default = Sample.Json("\"prod\"") }] };
        Assert.Equal("prod: ${{ stages.a.release }}", DryRun.Describe(Make(Sample.Project(pipeline)))[0].Settings.GetProperty("message").GetString());
    }

    private static ExecutionPlan Make(params StageDefinition[] stages) => Make(Sample.Project(Sample.Pipeline("p", stages)) with { Templates = [Careful] });

    private static ExecutionPlan Make(ProjectDefinition project, string? parent = null) =>
        PlanMaker.Make(project, "p", new Dictionary<string, JsonElement>(), new ExecutionCause("manual", "ann"), parent, null, Sample.Start, StageCatalog.Standard);
}
