using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Planning;

/// <summary>Makes the plan of an execution out of a pipeline and its inputs.</summary>
internal static class PlanMaker
{
    /// <exception cref="FairleadException">NotFound: no such pipeline; Invalid: inputs that do not fit, or a pipeline that cannot be executed.</exception>
    public static ExecutionPlan Make(ProjectDefinition project, string name, IReadOnlyDictionary<string, JsonElement> given, ExecutionCause cause, string? parent, string? commit, DateTimeOffset now, StageCatalog stages)
    {
        var pipeline = Find(project, name);
        var expanded = new TemplateExpansion(project.Templates).Expand(pipeline.Stages);
        Check(pipeline, expanded, stages);
        return new ExecutionPlan
        {
            Pipeline = name,
            Cause = cause,
            CreatedAt = now,
            Inputs = Inputs(pipeline, given),
            Concurrency = pipeline.Concurrency,
            Locks = parent is null ? [.. Locks(project, name, []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [],
            Stages = StageOrder.Sort(expanded) ?? throw FairleadException.Invalid($"Stages of the pipeline '{name}' come after one another in a circle; remove an 'after'."),
            Parent = parent,
            Commit = commit,
            JudgmentRules = project.Environments
                .Where(environment => environment.Judges is { Count: > 0 } || environment.SelfJudgment is false)
                .ToDictionary(environment => environment.Name, environment => new JudgmentRule(environment.Judges ?? [], environment.SelfJudgment ?? true), StringComparer.Ordinal),
        };
    }

    private static PipelineDefinition Find(ProjectDefinition project, string name) =>
        project.Pipelines.FirstOrDefault(pipeline => pipeline.Name == name)
        ?? throw FairleadException.NotFound($"There is no pipeline '{name}'; {NearestName.Hint(name, [.. project.Pipelines.Select(pipeline => pipeline.Name)])}");

    private static Dictionary<string, JsonElement> Inputs(PipelineDefinition pipeline, IReadOnlyDictionary<string, JsonElement> given)
    {
        var problems = given.Keys
            .Where(name => pipeline.Inputs.All(input => input.Name != name))
            .Select(name => $"The pipeline '{pipeline.Name}' takes no input '{name}'; {NearestName.Hint(name, [.. pipeline.Inputs.Select(input => input.Name)])}")
            .ToList();
        var made = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var input in pipeline.Inputs)
        {
            if (given.TryGetValue(input.Name, out var value) && input.Problem(value) is { } problem)
                problems.Add($"The input {problem}.");
            else if (!given.ContainsKey(input.Name) && input.Default is null)
                problems.Add($"The pipeline '{pipeline.Name}' needs the input '{input.Name}'; give it, such as '{input.Name}=…'.");
            else
                made[input.Name] = given.ContainsKey(input.Name) ? value : input.Default!.Value;
        }

        return problems.Count == 0 ? made : throw FairleadException.Invalid(string.Join('\n', problems));
    }

    private static void Check(PipelineDefinition pipeline, IReadOnlyList<StageDefinition> expanded, StageCatalog stages)
    {
        var problems = new List<string>();
        var names = expanded.Select(stage => stage.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var stage in expanded)
        {
            if (stages.Find(stage.Kind) is not { } kind)
                problems.Add($"Stage '{stage.Name}' is of the kind '{stage.Kind}', which this program does not know; {NearestName.Hint(stage.Kind, [.. stages.All.Select(known => known.Schema.Kind)])}");
            else
                problems.AddRange(SettingCheck.Problems(stage, kind.Schema, stage.Settings));
            problems.AddRange(stage.After.Where(name => !names.Contains(name)).Select(name => $"Stage '{stage.Name}' comes after '{name}', which is no stage of the pipeline '{pipeline.Name}'; {NearestName.Hint(name, names)}"));
        }

        if (problems.Count > 0)
            throw FairleadException.Invalid(string.Join('\n', problems));
    }

    /// <summary>With those of the pipelines that it executes: all are taken at once at the start, so that no two executions wait for one another.</summary>
    private static IEnumerable<string> Locks(ProjectDefinition project, string name, IReadOnlyList<string> path)
    {
        if (path.Contains(name))
            throw FairleadException.Invalid($"The pipeline '{name}' executes itself: {string.Join(" > ", path.Append(name))}; remove that stage.");
        var pipeline = Find(project, name);
        var nested = new TemplateExpansion(project.Templates).Expand(pipeline.Stages)
            .Where(stage => stage.Kind == "pipeline" && stage.Settings.TryGetProperty("pipeline", out var value) && project.Pipelines.Any(known => known.Name == value.ToString()))
            .Select(stage => stage.Settings.GetProperty("pipeline").GetString()!);
        return pipeline.Locks.Concat(nested.SelectMany(inner => Locks(project, inner, [.. path, name])));
    }
}
