using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Serialization;
using Fairlead.Monitoring.Canaries;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Roles.Stages;

/// <summary>Says which server groups a stage compares, and how, so that nothing that changes meanwhile matters to it.</summary>
internal sealed class CanaryBeginActivity(IWorkspace workspace, IServerGroupCatalog groups) : IActivity
{
    private const int MostLooks = 200;

    public string Kind => CanaryStage.BeginKind;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var settings = new SettingValues(call.Input);
        var project = (await workspace.ReadAsync(cancellationToken)).Project;
        var environment = settings.Required("environment");
        var service = settings.Text("service") ?? OnlyService(project);
        var own = await groups.ListAsync(environment, service, cancellationToken);
        var candidate = settings.Text("candidate") is { } named ? Named(own, named) : CandidateOf(own, settings.Text("control"), $"'{service}' in '{environment}'");
        var control = settings.Text("control") is { } other ? Named(own, other) : ControlOf(own, candidate);
        if (control.Name == candidate.Name)
            throw FairleadException.Invalid($"The server group '{control.Name}' cannot be compared with itself: name another by 'control' or 'candidate'.");
        var isShadow = candidate.Status != ServerGroupStatus.Enabled && candidate.Mirror != Weight.None;
        var hold = settings.Duration("for")!.Value;
        var plan = CanaryLooks.Plan(project with { Analysis = Overlay(project.Analysis ?? new AnalysisDefinition(), settings) }, settings.Texts("analyse"), hold, [service], isShadow);
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement<JsonNode>(new JsonObject
        {
            ["environment"] = environment,
            ["service"] = service,
            ["control"] = control.Name.ToString(),
            ["candidate"] = candidate.Name.ToString(),
            ["release"] = candidate.Release.ToString(),
            ["isShadow"] = isShadow,
            ["controlShare"] = Share(control.Weight),
            ["candidateShare"] = isShadow ? Share(candidate.Mirror) * Share(control.Weight) : Share(candidate.Weight),
            ["dueAfter"] = new JsonArray([.. DueAfter(plan, hold).Select(due => (JsonNode)due.TotalSeconds)]),
            ["plan"] = JsonSerializer.SerializeToNode(plan, DomainJson.Default.AnalysisPlan),
        }));
    }

    private static List<TimeSpan> DueAfter(AnalysisPlan plan, TimeSpan hold)
    {
        var due = new List<TimeSpan>();
        while (due.Count == 0 || due[^1] < hold)
        {
            if (due.Count == MostLooks)
                throw FairleadException.Invalid($"More than {MostLooks} looks are too many for a stage: give a longer 'interval'.");
            due.Add(CanaryLooks.DueAfter(plan, hold, due.Count));
        }

        return due;
    }

    private static AnalysisDefinition Overlay(AnalysisDefinition definition, SettingValues settings) => definition with
    {
        Interval = settings.Duration("interval") ?? definition.Interval,
        LookBack = settings.Duration("look-back") ?? definition.LookBack,
        WarmUp = settings.Duration("warm-up") ?? definition.WarmUp,
        Pass = settings.Find("pass")?.GetDouble() ?? definition.Pass,
        Marginal = settings.Find("marginal")?.GetDouble() ?? Math.Min(definition.Marginal, settings.Find("pass")?.GetDouble() ?? definition.Marginal),
    };

    private static string OnlyService(ProjectDefinition project) => project.Services.Count == 1
        ? project.Services[0].Name
        : throw FairleadException.Invalid($"The project has {project.Services.Count} services; say by 'service' which is judged.");

    private static ServerGroup Named(IReadOnlyList<ServerGroup> own, string name) =>
        own.FirstOrDefault(group => group.Name.ToString() == name)
        ?? throw FairleadException.NotFound($"There is no server group '{name}' there ({NearestName.Hint(name, [.. own.Select(group => group.Name.ToString())])}).");

    /// <param name="control">That it is not.</param>
    private static ServerGroup CandidateOf(IReadOnlyList<ServerGroup> own, string? control, string place) =>
        own.Where(group => group.Status != ServerGroupStatus.Destroyed && group.Mirror != Weight.None).MaxBy(group => group.Name.Number)
        ?? (own.Count(group => group.Status == ServerGroupStatus.Enabled) > 1
            ? own.Where(group => group is { Status: ServerGroupStatus.Enabled, IsBaseline: false } && group.Name.ToString() != control).MaxBy(group => group.Name.Number)
            : null)
        ?? throw FairleadException.Conflict($"Nothing of {place} is a shadow or shares the traffic: deploy a candidate first, or name server groups by 'candidate' and 'control'.");

    private static ServerGroup ControlOf(IReadOnlyList<ServerGroup> own, ServerGroup candidate)
    {
        var others = own.Where(group => group.Status == ServerGroupStatus.Enabled && group.Name != candidate.Name).ToList();
        return others.Find(group => group.IsBaseline == true) ?? others.MaxBy(group => group.Weight.Hundredths)
            ?? throw FairleadException.Conflict($"Nothing takes traffic beside '{candidate.Name}' to compare it with: name a server group by 'control'.");
    }

    private static double Share(Weight weight) => (double)Math.Max(1, weight.Hundredths) / Weight.Whole;
}
