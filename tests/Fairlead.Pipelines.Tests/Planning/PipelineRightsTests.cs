using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Planning;

namespace Fairlead.Pipelines.Tests.Planning;

public sealed class PipelineRightsTests
{
    [Theory]
    [InlineData("deploy", """{"environment":"prod"}""", "operator@prod")]
    [InlineData("deploy", """{"environment":"${{ inputs.where }}"}""", "operator@stage")]
    [InlineData("deploy", """{"environment":"${{ stages.choose.where }}"}""", "operator")]
    [InlineData("deploy", """{"environment":"${{ inputs.where }}-${{ stages.choose.where }}"}""", "operator")]
    [InlineData("rollback", """{"environment":"prod"}""", "operator@prod")]
    [InlineData("scale", """{"environment":"prod","service":"late","instances":2}""", "operator@prod")]
    [InlineData("cutover", """{"groups":["late-prod-v003","late-stage-v001"]}""", "operator@prod operator@stage")]
    [InlineData("destroy", """{"groups":"late-prod-v003"}""", "operator@prod")]
    [InlineData("disable", """{"groups":"${{ stages.prod.before }}"}""", "operator")]
    [InlineData("pipeline", """{"pipeline":"other"}""", "operator")]
    [InlineData("script", """{"run":"true"}""", "developer")]
    [InlineData("release", "{}", "developer")]
    [InlineData("webhook", """{"url":"http://localhost"}""", "developer")]
    [InlineData("judgment", """{"question":"Good?","environment":"prod"}""", "")]
    [InlineData("wait", """{"for":"1s"}""", "")]
    public void Rights_OfAStage_AreThoseOfWhatItDoes(string kind, string settings, string needed)
    {
        var plan = Sample.Plan(Sample.Stage("s", kind, settings)) with { Inputs = new Dictionary<string, JsonElement> { ["where"] = Sample.Json("\"stage\"") } };
        Assert.Equal(needed, string.Join(' ', PipelineRights.Of(plan).Select(right => new RoleGrant(right.Role, right.Environment))));
    }

    [Fact]
    public void Require_WhoMayAllOfIt_IsLetThrough_AndWhoMayNot_IsToldWhatIsMissing()
    {
        var plan = Sample.Plan(Sample.Stage("make", "release"), Sample.Stage("stage", "deploy", """{"environment":"stage"}""", "make"), Sample.Stage("prod", "deploy", """{"environment":"prod"}""", "stage"));
        PipelineRights.Require(plan, Caller("operator"));
        PipelineRights.Require(plan, Caller("developer", "operator@stage", "operator@prod"));
        PipelineRights.Require(plan, new Principal { Name = "anybody", Kind = PrincipalKind.Open });
        var refused = Assert.Throws<FairleadException>(() => PipelineRights.Require(plan, Caller("developer", "operator@stage")));
        Assert.Equal(ProblemKind.Forbidden, refused.Kind);
        Assert.Equal("Stage 'prod' of the pipeline 'release' needs the role 'operator' in the environment 'prod', which 'eve' has not; ask an admin for it: fairlead user set eve --add-role operator@prod.", refused.Message);
    }

    /// <summary>A kind that nobody thought of here would need no right at all.</summary>
    [Fact]
    public void Rights_OfEveryKindOfStage_WereThoughtOf()
    {
        string[] harmless = ["judgment", "wait", "notify"];
        var silent = Domain.Pipelines.Schemas.StageSchemas.All.Select(schema => schema.Kind)
            .Where(kind => PipelineRights.Of(Sample.Plan(new StageDefinition { Name = "s", Kind = kind, Settings = Sample.Json("{}") })).Count == 0);
        Assert.Equal(harmless.Order(), silent.Order());
    }

    private static Principal Caller(params string[] roles) => new() { Name = "eve", Kind = PrincipalKind.User, Grants = [.. roles.Select(RoleGrant.Parse)] };
}
