using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Planning;

/// <summary>Asks the judge of rollouts beforehand whether it could judge what a plan's stages want analysed: nobody is to judge a release that cannot be rolled out then.</summary>
internal static class AnalysisCheck
{
    /// <exception cref="FairleadException">Invalid, with a line for each stage that could not.</exception>
    public static async Task RequireAsync(ExecutionPlan plan, ProjectDefinition project, IRolloutAnalysis analysis, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var stage in plan.Stages.Where(stage => stage.Kind == "deploy"))
        {
            if (await FindProblemAsync(stage, plan, project, analysis, cancellationToken).ConfigureAwait(false) is { } problem)
                problems.Add($"Stage '{stage.Name}': {problem}");
        }

        if (problems.Count > 0)
            throw FairleadException.Invalid(string.Join('\n', problems));
    }

    private static async Task<string?> FindProblemAsync(StageDefinition stage, ExecutionPlan plan, ProjectDefinition project, IRolloutAnalysis analysis, CancellationToken cancellationToken)
    {
        var inputs = JsonSerializer.SerializeToElement(new Dictionary<string, IReadOnlyDictionary<string, JsonElement>> { ["inputs"] = plan.Inputs });
        var filled = Rendering.Fill(stage.Settings, inputs, ["inputs"], out _);
        // What only an earlier stage will say is looked at when its time comes.
        if (filled.GetRawText().Contains(SettingSchema.Placeholder, StringComparison.Ordinal))
            return null;
        try
        {
            var settings = new SettingValues(filled);
            if (settings.Text("strategy") == DeployStage.Custom || RolloutActivity.StrategyOf(DeployStage.StrategyOf(settings)) is not { Analyse.Count: > 0 } strategy)
                return null;
            var services = settings.Texts("services");
            await analysis.PlanAsync(settings.Required("environment"), strategy, services.Count > 0 ? services : [.. project.Services.Select(service => service.Name)], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Invalid)
        {
            return e.Message;
        }
    }
}
