using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Collects what a judge should see: what came of the stages before, and what the sources have to say.</summary>
internal sealed class EvidenceActivity(IReadOnlyList<IEvidenceSource> sources) : IActivity
{
    public const string KindName = "evidence";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var sections = new List<EvidenceSection>();
        foreach (var stage in call.Input.GetProperty("stages").EnumerateObject())
            sections.Add(new EvidenceSection($"Stage {stage.Name}", stage.Value));
        var environment = call.Input.TryGetProperty("environment", out var named) ? named.GetString() : null;
        foreach (var source in sources)
        {
            try
            {
                sections.AddRange(await source.CollectAsync(call, environment, cancellationToken).ConfigureAwait(false));
            }
            catch (FairleadException e)
            {
                // A judge can judge without it, and must know that it is missing.
                sections.Add(new EvidenceSection("Missing", StageData.Object(("error", e.Message))));
            }

            call.Heartbeat();
        }

        return ActivityOutcome.Succeeded(StageData.Object(("sections", JsonSerializer.SerializeToElement(sections, PipelineJson.Default.IReadOnlyListEvidenceSection))));
    }
}
