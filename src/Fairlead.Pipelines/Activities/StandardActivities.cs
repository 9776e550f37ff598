using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Logging;

namespace Fairlead.Pipelines.Activities;

/// <summary>The activities whose effects go through seams of the domain.</summary>
public static class StandardActivities
{
    /// <param name="http">For webhooks: does not follow redirects, and has a time limit.</param>
    /// <param name="asking">For checks: does not follow redirects, and has none.</param>
    public static IReadOnlyList<IActivity> Create(
        IExpressionEvaluator evaluator,
        IReadOnlyList<IEvidenceSource> evidence,
        INoticeSender notices,
        IScriptRunner scripts,
        IRollouts rollouts,
        IServerGroupChanges groups,
        DeployGate gate,
        WebhookOptions webhooks,
        HostAccess host,
        HttpClient http,
        HttpClient asking,
        TimeProvider time,
        ILoggerFactory loggers) =>
    [
        new EvaluateActivity(evaluator),
        new EvidenceActivity(evidence, time, loggers.CreateLogger<EvidenceActivity>()),
        new NotifyActivity(notices),
        new ScriptActivity(scripts),
        new WebhookActivity(http, webhooks, time),
        new HttpCheckActivity(asking, host, time),
        new RolloutActivity(rollouts, gate, time),
        new RollbackActivity(rollouts),
        new UndoRolloutActivity(rollouts),
        new ServerGroupLookActivity(groups, gate),
        new ServerGroupChangeActivity(groups),
        new ServerGroupRestoreActivity(groups),
    ];
}
