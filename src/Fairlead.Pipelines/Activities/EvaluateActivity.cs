using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Evaluates a condition of a stage.</summary>
internal sealed class EvaluateActivity(IExpressionEvaluator evaluator) : IActivity
{
    public const string KindName = "evaluate";
    public const string Answer = "holds";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var holds = await evaluator.EvaluateAsync(call.Input.GetProperty("expression").GetString()!, call.Input.GetProperty("data"), cancellationToken).ConfigureAwait(false);
        return ActivityOutcome.Succeeded(StageData.Object((Answer, holds)));
    }
}
