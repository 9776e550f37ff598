using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;

namespace Fairlead.Pipelines.Planning;

/// <summary>
/// What an execution does, as rights: whoever begins or steers one must be allowed to do by hand what its stages do. Asked once, of who begins it; what
/// is done later is done in that person's name.
/// </summary>
public static class PipelineRights
{
    private static readonly IReadOnlySet<string> Changing = new HashSet<string>(StringComparer.Ordinal) { "deploy", "rollback", "scale", "canary" };
    private static readonly IReadOnlySet<string> OfGroups = new HashSet<string>(StringComparer.Ordinal) { "cutover", "disable", "destroy", "resize" };

    /// <summary>Stages that make something, run code or call out in the project's name.</summary>
    private static readonly IReadOnlySet<string> Making = new HashSet<string>(StringComparer.Ordinal) { "steps", "release", "replay", "script", "webhook", "check", "load" };

    /// <summary>Each right once. An environment that only a stage will tell needs the role in the whole project, and so does another pipeline that is executed.</summary>
    public static IReadOnlyList<NeededRight> Of(ExecutionPlan plan)
    {
        var data = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["inputs"] = new JsonObject(plan.Inputs.Select(input => KeyValuePair.Create(input.Key, JsonNode.Parse(input.Value.GetRawText())))),
        });
        var needed = plan.Stages.SelectMany(stage => Of(stage, Rendering.Fill(stage.Settings, data, ["inputs"], out _)));
        return [.. needed.DistinctBy(right => (right.Role, right.Environment))];
    }

    /// <exception cref="FairleadException">Forbidden: which right is missing, for which stage, and how to get it.</exception>
    public static void Require(ExecutionPlan plan, Principal caller)
    {
        if (Of(plan).FirstOrDefault(right => !caller.Has(right.Role, right.Environment)) is not { } missing)
            return;
        var where = missing.Environment is { } environment ? $"in the environment '{environment}'" : "in the project";
        throw new FairleadException(
            ProblemKind.Forbidden,
            $"Stage '{missing.Stage}' of the pipeline '{plan.Pipeline}' needs the role '{missing.Role.Word()}' {where}, which '{caller.Name}' has not; ask an admin for it: fairlead user set {caller.Name} --add-role {new RoleGrant(missing.Role, missing.Environment)}.");
    }

    private static IEnumerable<NeededRight> Of(StageDefinition stage, JsonElement settings)
    {
        if (Changing.Contains(stage.Kind))
            return [new NeededRight(Role.Operator, Environment(settings), stage.Name)];
        if (OfGroups.Contains(stage.Kind))
            return Groups(settings).Select(environment => new NeededRight(Role.Operator, environment, stage.Name));
        // What the other one does is not known before it is planned; whoever may do everything may begin it.
        if (stage.Kind == "pipeline")
            return [new NeededRight(Role.Operator, null, stage.Name)];
        return Making.Contains(stage.Kind) ? [new NeededRight(Role.Developer, null, stage.Name)] : [];
    }

    private static string? Environment(JsonElement settings) =>
        settings.TryGetProperty("environment", out var named) && named.ValueKind == JsonValueKind.String && IdentityNames.IsName(named.GetString()!) ? named.GetString() : null;

    private static IEnumerable<string?> Groups(JsonElement settings)
    {
        if (!settings.TryGetProperty("groups", out var groups))
            return [null];
        IEnumerable<JsonElement> named = groups.ValueKind == JsonValueKind.Array ? groups.EnumerateArray() : [groups];
        return named.Select(group => ServerGroupName.TryParse(group.ToString(), out var name) ? name.Environment : null);
    }
}
