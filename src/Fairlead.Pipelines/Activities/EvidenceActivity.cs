using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Pipelines.Stages;
using Microsoft.Extensions.Logging;

namespace Fairlead.Pipelines.Activities;

/// <summary>Collects what a judge should see: what the sources have to say, and what came of the stages before. A source that fails says so, and holds nobody up.</summary>
internal sealed class EvidenceActivity(IReadOnlyList<IEvidenceSource> sources, TimeProvider time, ILogger logger) : IActivity
{
    public const string KindName = "evidence";
    private const string SectionsMember = "sections";
    private const string AuthorsMember = "authors";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly EvidenceSection[] None = [];

    public string Kind => KindName;

    /// <summary>What was collected; none before.</summary>
    public static IReadOnlyList<EvidenceSection> Sections(JsonElement? output) =>
        output is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(SectionsMember, out var sections)
            ? sections.Deserialize(PipelineJson.Default.IReadOnlyListEvidenceSection) ?? None
            : None;

    /// <summary>Everybody whose work is judged, as far as a source said.</summary>
    public static IReadOnlyList<string> Authors(JsonElement? output) =>
        output is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(AuthorsMember, out var authors) ? [.. authors.EnumerateArray().Select(author => author.GetString()!)] : [];

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var environment = call.Input.TryGetProperty("environment", out var named) ? named.GetString() : null;
        var release = call.Input.TryGetProperty("release", out var made) && ReleaseName.TryParse(made.GetString(), out var name) ? name : (ReleaseName?)null;
        var request = new EvidenceRequest(call, environment, release);
        var sections = new List<EvidenceSection>();
        foreach (var source in sources)
        {
            sections.AddRange(await CollectAsync(source, request, cancellationToken).ConfigureAwait(false));
            call.Heartbeat();
        }

        foreach (var stage in call.Input.GetProperty("stages").EnumerateObject())
            sections.Add(new EvidenceSection($"Stage {stage.Name}", stage.Value));
        var authors = sections.SelectMany(section => section.Authors ?? []).Distinct(StringComparer.OrdinalIgnoreCase);
        return ActivityOutcome.Succeeded(StageData.Object((SectionsMember, JsonSerializer.SerializeToElement(sections, PipelineJson.Default.IReadOnlyListEvidenceSection)), (AuthorsMember, authors)));
    }

    private async Task<IReadOnlyList<EvidenceSection>> CollectAsync(IEvidenceSource source, EvidenceRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await source.CollectAsync(request, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            return [Missing(source, e.Message)];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.EvidenceFailed(logger, e, source.Name, request.Call.Key);
            return [Missing(source, limit.IsCancellationRequested ? $"It took longer than {Patience.TotalSeconds:0} s." : $"It failed unexpectedly: {e.Message}")];
        }
    }

    private static EvidenceSection Missing(IEvidenceSource source, string problem) => new(source.Name, StageData.Nothing) { Problem = problem };
}
