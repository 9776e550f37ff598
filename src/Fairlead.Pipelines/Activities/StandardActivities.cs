using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Activities;

/// <summary>The activities whose effects go through seams of the domain.</summary>
public static class StandardActivities
{
    /// <param name="http">For webhooks: does not follow redirects, and has a time limit.</param>
    public static IReadOnlyList<IActivity> Create(
        IExpressionEvaluator evaluator, IReadOnlyList<IEvidenceSource> evidence, INoticeSender notices, IScriptRunner scripts, IRollouts rollouts, WebhookOptions webhooks, HttpClient http, TimeProvider time) =>
    [
        new EvaluateActivity(evaluator),
        new EvidenceActivity(evidence),
        new NotifyActivity(notices),
        new ScriptActivity(scripts),
        new WebhookActivity(http, webhooks, time),
        new RolloutActivity(rollouts),
        new RollbackActivity(rollouts),
        new UndoRolloutActivity(rollouts),
    ];
}
