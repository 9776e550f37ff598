using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts.Returns;

/// <summary>Takes releases back when an alert says so: once for each firing, by what is kept of the alerts, so that a control plane that ended in the middle is followed by one that goes on.</summary>
public sealed class AlertReturns(IWorkspace workspace, IRecordCatalog records, IRollouts rollouts, IAuditLog audit, TimeProvider time, ILogger<AlertReturns> logger)
{
    private const int Looked = 10;

    /// <summary>What another change keeps from being done is tried again for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly AlertStore store = new(records);
    private readonly WatchedProject project = new(workspace);

    /// <summary>Looks at what fires, and does what has still to be done.</summary>
    /// <returns>How many firings were dealt with.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var definition = await project.ReadAsync(cancellationToken).ConfigureAwait(false);
        var rules = AlertRules.Of(definition).Where(rule => rule.Rollback).ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        if (rules.Count == 0)
            return 0;
        var done = 0;
        foreach (var (_, state) in await store.ListStatesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (state is { Phase: AlertPhase.Firing, FiredAt: { } firedAt } && rules.TryGetValue(state.Rule, out var rule)
                && await FindAsync(state, firedAt, cancellationToken).ConfigureAwait(false) is null
                && await store.FindSilenceAsync(rule.Name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is null)
                done += await DealAsync(definition, rule, state, firedAt, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return done;
    }

    private async Task<bool> DealAsync(ProjectDefinition definition, AlertRule rule, AlertState state, DateTimeOffset firedAt, CancellationToken cancellationToken)
    {
        var made = new AlertReturn { Rule = rule.Name, Target = state.Target, FiredAt = firedAt, Kind = AlertReturnKind.Nothing, Reason = "It is about no environment." };
        if ((state.Environment ?? rule.Environment) is { } environment)
        {
            try
            {
                made = await ActAsync(definition, rule, state, made, environment, cancellationToken).ConfigureAwait(false);
            }
            catch (FairleadException e)
            {
                if (time.GetUtcNow() - firedAt < Patience)
                    return false;
                made = made with { Kind = AlertReturnKind.Failed, Reason = e.Message };
            }
        }

        var document = JsonSerializer.Serialize(made, AlertReturnJson.Default.AlertReturn);
        await records.AddAsync(RecordKind.AlertReturn, NameOf(state), JsonNamingPolicy.CamelCase.ConvertName(made.Kind.ToString()), time.GetUtcNow(), _ => document, cancellationToken).ConfigureAwait(false);
        Log.Returned(logger, rule.Name, state.Target, made.Kind, made.Reason);
        return true;
    }

    private async Task<AlertReturn> ActAsync(ProjectDefinition definition, AlertRule rule, AlertState state, AlertReturn made, string environment, CancellationToken cancellationToken)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"alert/{rule.Name}/{state.Target}/{made.FiredAt.ToUnixTimeMilliseconds()}");
        // A control plane that ended before it could note what it did.
        if (await rollouts.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is { } begun)
            return made with { Kind = AlertReturnKind.RolledBack, Rollout = begun.Number, Reason = begun.Describe() };
        var service = state.Service ?? rule.Service;
        var latest = (await rollouts.ListAsync(environment, Looked, cancellationToken).ConfigureAwait(false)).FirstOrDefault(rollout => rollout.Outcome != RolloutOutcome.Unchanged);
        var keepFor = definition.Environments.FirstOrDefault(known => known.Name == environment)?.Delivery?.KeepFor;
        var (kind, reason) = AlertReturnRule.Decide(latest, service, made.FiredAt, keepFor);
        var user = $"alert {rule.Name}";
        var why = string.Create(CultureInfo.InvariantCulture, $"The alert '{rule.Name}' fires for '{state.Target}': {rule.Metric} {rule.Condition} holds with {state.Value}.");
        switch (kind)
        {
            case AlertReturnKind.Aborted:
                await EnterAsync("rollout.abort", user, $"rollout {latest!.Number} in {environment}", why, cancellationToken).ConfigureAwait(false);
                await rollouts.AbortAsync(latest.Number, user, cancellationToken).ConfigureAwait(false);
                return made with { Kind = kind, Rollout = latest.Number, Reason = reason };
            case AlertReturnKind.RolledBack:
                await EnterAsync("deployment.rollback", user, environment, why, cancellationToken).ConfigureAwait(false);
                var order = new RollbackOrder
                {
                    Key = key,
                    Environment = environment,
                    Service = service ?? (latest!.Targets.Count == 1 ? latest.Targets[0].Service : null),
                    Reason = why,
                    User = user,
                };
                var back = await rollouts.RollBackAsync(order, cancellationToken).ConfigureAwait(false);
                return made with { Kind = kind, Rollout = back.Number, Reason = reason };
            default:
                return made with { Reason = reason };
        }
    }

    private Task EnterAsync(string what, string who, string target, string detail, CancellationToken cancellationToken) =>
        audit.AppendAsync(new AuditDraft { Who = who, Via = "alert", What = what, Target = target, Phase = AuditPhase.Began, Detail = detail }, cancellationToken);

    private async Task<AlertReturn?> FindAsync(AlertState state, DateTimeOffset firedAt, CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.AlertReturn, NameOf(state), cancellationToken).ConfigureAwait(false) is { } record
            && JsonSerializer.Deserialize(record.Document, AlertReturnJson.Default.AlertReturn) is { } known && known.FiredAt == firedAt ? known : null;

    private static string NameOf(AlertState state) => $"{state.Rule} {state.Target}".TrimEnd();
}
