using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge what replays and canary analyses of the execution found, each with the page that says more.</summary>
internal sealed class ReplayEvidence : IEvidenceSource
{
    private static readonly IReadOnlyDictionary<string, string> Pages = new Dictionary<string, string>(StringComparer.Ordinal) { ["replay"] = "/replays/", ["canary"] = "/canaries/" };

    public string Name => "Replays and canary analyses";

    public Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        var sections = new List<EvidenceSection>();
        var outputs = request.Call.Input.GetProperty("stages");
        foreach (var stage in request.Call.Plan.Stages)
        {
            if (Pages.TryGetValue(stage.Kind, out var page) && outputs.TryGetProperty(stage.Name, out var output) && NumberOf(output) is { } number)
                sections.Add(new EvidenceSection($"{(stage.Kind == "replay" ? "Replay" : "Canary analysis")}{(stage.Name == stage.Kind ? "" : $", stage {stage.Name}")}", stage.Kind == "replay" ? Beside(output) : output) { Link = page + number });
        }

        return Task.FromResult<IReadOnlyList<EvidenceSection>>(sections);
    }

    /// <summary>A canary analysis has its number among what else came of it.</summary>
    private static JsonElement? NumberOf(JsonElement output) =>
        output.ValueKind != JsonValueKind.Object ? null
        : output.TryGetProperty("number", out var number) ? number
        : output.TryGetProperty("canary", out var canary) && canary.ValueKind == JsonValueKind.Object && canary.TryGetProperty("number", out number) ? number
        : null;

    /// <summary>Metrics of the replay beside those of what was answered then.</summary>
    private static JsonElement Beside(JsonElement output)
    {
        if (!output.TryGetProperty("replay", out var replay) || replay.ValueKind != JsonValueKind.Object)
            return output;
        var recorded = replay.TryGetProperty("recorded", out var then) && then.ValueKind == JsonValueKind.Object ? then : default;
        var rows = new List<JsonObject>();
        foreach (var metric in replay.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number))
        {
            double? earlier = recorded.ValueKind == JsonValueKind.Object && recorded.TryGetProperty(metric.Name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
            rows.Add(new JsonObject
            {
                ["metric"] = metric.Name,
                ["recorded"] = EvidenceData.Number(earlier),
                ["replayed"] = EvidenceData.Number(metric.Value.GetDouble()),
                ["change"] = EvidenceData.Number(metric.Value.GetDouble() - earlier),
            });
        }

        return rows.Count == 0 ? output : EvidenceData.Table(rows);
    }
}
