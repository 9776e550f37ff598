using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Tells people something; receivers drop what they got under the same key.</summary>
internal sealed class NotifyActivity(INoticeSender sender) : IActivity
{
    public const string KindName = "notify";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var mayFail = call.Input.TryGetProperty("mayFail", out var flag) && flag.GetBoolean();
        try
        {
            var details = StageData.Merge(call.Input, StageData.Object(("execution", call.Execution), ("pipeline", call.Plan.Pipeline), ("stage", call.Stage)));
            var told = await sender.SendAsync(call.Key, call.Input.GetProperty("message").GetString()!, details, cancellationToken).ConfigureAwait(false);
            return ActivityOutcome.Succeeded(StageData.Object(("told", told)));
        }
        catch (FairleadException e) when (mayFail)
        {
            // The judgment can be given all the same.
            return ActivityOutcome.Succeeded(StageData.Object(("told", false), ("error", e.Message)));
        }
    }
}
