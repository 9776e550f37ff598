using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Alerts;

/// <summary>The rules that are always there, and those of the project file, which take the place of the former under the same name.</summary>
internal static class AlertRules
{
    public static readonly IReadOnlyList<AlertRule> BuiltIn =
    [
        Always("capture_lost", "capture.lost", AlertSeverity.Page),
        Always("verify_mismatch", "verify.mismatches", AlertSeverity.Page),
        Always("predictions_damaged", "predictions.damaged", AlertSeverity.Page),
        Always("instance_ejected", "instances.ejected", AlertSeverity.Page) with { For = TimeSpan.FromMinutes(1) },
        Always("drift_strong", "drift.strong", AlertSeverity.Warn),
        Always("kpi_missed", "kpi.missed", AlertSeverity.Warn),
    ];

    public static IReadOnlyList<AlertRule> Of(ProjectDefinition project)
    {
        var own = project.Alerts.Select(alert => alert.Name).ToHashSet(StringComparer.Ordinal);
        var active = project.Alerts.Where(alert => alert is { IsOff: false, Metric: not null, Condition: not null }).Select(alert => new AlertRule
        {
            Name = alert.Name,
            Metric = alert.Metric!,
            Condition = alert.Condition!,
            Sql = alert.Sql,
            Service = alert.Service,
            Environment = alert.Environment,
            Window = alert.Window,
            For = alert.For,
            Severity = alert.Severity,
            Rollback = alert.Rollback,
        });
        return [.. BuiltIn.Where(rule => !own.Contains(rule.Name)), .. active];
    }

    private static AlertRule Always(string name, string metric, AlertSeverity severity) =>
        new() { Name = name, Metric = metric, Condition = new Threshold(ThresholdOperator.Above, 0), Severity = severity, IsBuiltIn = true };
}
