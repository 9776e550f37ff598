using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Alerts;
using Fairlead.Notices.Robot;
using Fairlead.Pipelines.Judgments;
using Fairlead.Web.Security;

namespace Fairlead.Web.Chat;

/// <summary>What people ask the robot for, allowed and recorded like the same calls of the API.</summary>
public sealed class ChatActions(IExecutionCatalog executions, JudgmentDesk judgments, IRollouts rollouts, AlertDesk alerts, IAuditLog audit) : IChatActions
{
    private const int Shown = 5;
    private readonly ActionGate gate = new(audit);

    /// <inheritdoc/>
    public Task<string> StatusAsync(Principal principal, string via, CancellationToken cancellationToken) => gate.RunAsync(
        principal,
        via,
        "GET /api/status",
        null,
        "/api/status",
        async () =>
        {
            var lines = new List<string>();
            var running = await executions.ListAsync(new ExecutionFilter { IsOpen = true, Limit = Shown }, cancellationToken);
            lines.AddRange(running.Select(execution => $"execution {execution.Number}: {execution.Pipeline}, {Doing(execution)}"));
            lines.AddRange((await judgments.ListOpenAsync(cancellationToken)).Take(Shown).Select(question => $"judgment wanted: {question.Question} ({question.Votes.Count} of {question.Needed}) - approve {question.Execution}/{question.Stage}"));
            lines.AddRange((await rollouts.ListAsync(null, Shown * 2, cancellationToken)).Where(rollout => !rollout.IsEnded).Select(Line));
            lines.AddRange((await alerts.ListAsync(cancellationToken)).Where(report => report.Phase == AlertPhase.Firing).Take(Shown).Select(report => $"alert '{report.Rule.Name}' fires: {report.Rule.Metric} {report.Rule.Condition}"));
            return lines.Count == 0 ? "Nothing runs, nobody is waited for, no alert fires." : string.Join('\n', lines);
        });

    /// <inheritdoc/>
    public Task<string> DeploysAsync(Principal principal, string via, string? environment, CancellationToken cancellationToken) => gate.RunAsync(
        principal,
        via,
        "GET /api/rollouts",
        null,
        "/api/rollouts",
        async () =>
        {
            var newest = await rollouts.ListAsync(environment, Shown, cancellationToken);
            return newest.Count == 0 ? $"Nothing was rolled out{(environment is null ? "" : $" to '{AuditText.Clean(environment, IdentityNames.Longest)}'")} yet." : string.Join('\n', newest.Select(Line));
        });

    /// <inheritdoc/>
    public Task<string> JudgeAsync(Principal principal, string via, int execution, string? stage, string choice, string? comment, CancellationToken cancellationToken) => gate.RunAsync(
        principal,
        via,
        "POST /api/executions/{number:int}/stages/{stage}/judgment",
        null,
        $"/api/executions/{execution.ToString(CultureInfo.InvariantCulture)}/stages/{AuditText.Clean(stage ?? "", IdentityNames.Longest)}/judgment",
        async () =>
        {
            var open = (await judgments.ListOpenAsync(cancellationToken)).Where(question => question.Execution == execution && (stage is null || question.Stage == stage)).ToList();
            if (open.Count != 1)
            {
                throw FairleadException.Conflict(open.Count == 0
                    ? $"Execution {execution} waits for no judgment{(stage is null ? "" : " there")}; 'status' shows what does."
                    : $"Execution {execution} waits for several judgments; name one: {string.Join(", ", open.Select(question => $"{execution}/{question.Stage}"))}.");
            }

            var question = open[0];
            if (!question.Choices.Contains(choice))
                throw FairleadException.Invalid($"'{choice}' cannot be chosen for '{question.Question}'; there it is {string.Join(", ", question.Choices)}, on the page or by 'fairlead pipeline judge'.");
            await judgments.JudgeAsync(execution, question.Stage, new JudgmentAnswer(choice, comment) { Attempt = question.Attempt }, principal, principal.Name, via, cancellationToken);
            return $"{principal.Name}: {choice} of execution {execution}, stage '{question.Stage}', is recorded.";
        });

    /// <inheritdoc/>
    public Task<string> RollBackAsync(Principal principal, string via, string environment, string? service, CancellationToken cancellationToken) => gate.RunAsync(
        principal,
        via,
        "POST /api/environments/{environment}/rollback",
        environment,
        $"/api/environments/{AuditText.Clean(environment, IdentityNames.Longest)}/rollback",
        async () =>
        {
            var rollout = await rollouts.RollBackAsync(new RollbackOrder { Environment = environment, Service = service, User = principal.Name }, CancellationToken.None);
            return $"Rollout {rollout.Number} began: {rollout.Describe()}.";
        });

    private static string Line(Rollout rollout) =>
        $"rollout {rollout.Number}: {rollout.Describe()}, {(rollout.Outcome is { } outcome ? outcome.ToString().ToLowerInvariant() : $"step {rollout.Step + 1} of {rollout.Steps.Count}")}, by {rollout.StartedBy}";

    private static string Doing(ExecutionSummary execution) =>
        execution.IsPaused ? "paused" : execution.Judging.Count > 0 ? $"waits for a judgment in {string.Join(", ", execution.Judging)}" : execution.Active.Count > 0 ? $"in {string.Join(", ", execution.Active)}" : execution.Status.ToString().ToLowerInvariant();
}
