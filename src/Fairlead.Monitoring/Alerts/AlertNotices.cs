using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Alerts;

/// <summary>What people are told of alerts.</summary>
internal static class AlertNotices
{
    public static string SubjectOf(string rule) => $"alert/{rule}";

    /// <param name="rule">Null for one that was removed.</param>
    public static NoticeDraft Of(ProjectDefinition project, AlertRule? rule, AlertState state, AlertChange change)
    {
        var isFiring = change == AlertChange.Firing;
        var message = MessageOf(project, rule, state, change);
        var value = state.Value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
        var environment = rule?.Environment ?? project.Environments.Select(known => known.Name).FirstOrDefault(name => state.Target.EndsWith($"/{name}", StringComparison.Ordinal));
        var about = state.Target.Length > 0 ? $" for {state.Target}" : "";
        return new NoticeDraft
        {
            Key = message.Delivery,
            Event = isFiring ? NoticeEvents.AlertFiring : NoticeEvents.AlertResolved,
            Subject = SubjectOf(state.Rule),
            At = state.EvaluatedAt,
            Title = $"Alert '{state.Rule}' {(isFiring ? "fires" : "is over")}{about}",
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [NoticeFields.Message] = value.Length > 0 ? $"{message.Condition}; the value is {value}" : message.Condition,
                [NoticeFields.Alert] = state.Rule,
                [NoticeFields.Target] = state.Target,
                [NoticeFields.Severity] = message.Severity.ToString().ToLowerInvariant(),
                [NoticeFields.Condition] = message.Condition,
                [NoticeFields.Value] = value,
                [NoticeFields.Status] = isFiring ? "firing" : "resolved",
                [NoticeFields.Environment] = environment ?? "",
                [NoticeFields.Service] = rule?.Service ?? "",
            },
            Environments = environment is null ? [] : [environment],
            Path = "/alerts",
            Data = JsonSerializer.SerializeToElement(message, AlertJson.Default.AlertMessage),
            IsKept = true,
        };
    }

    private static AlertMessage MessageOf(ProjectDefinition project, AlertRule? rule, AlertState state, AlertChange change) => new()
    {
        // The same when it is evaluated again after a process ended between telling and noting.
        Delivery = $"alert/{state.Rule}/{state.Target}/{change.ToString().ToLowerInvariant()}/{(state.FiredAt ?? state.EvaluatedAt).ToUnixTimeMilliseconds()}",
        Project = project.Name,
        Alert = state.Rule,
        Target = state.Target,
        Change = change,
        Severity = rule?.Severity ?? AlertSeverity.Warn,
        Condition = rule is null ? "the rule was removed" : $"{rule.Metric} {rule.Condition}",
        Value = state.Value,
        At = state.EvaluatedAt,
        FiredAt = state.FiredAt,
    };
}
