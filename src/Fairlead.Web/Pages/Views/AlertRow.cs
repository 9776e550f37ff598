using Fairlead.Monitoring.Alerts;

namespace Fairlead.Web.Pages.Views;

/// <summary>One alert of a rule, or a rule of which everything is fine.</summary>
public sealed record AlertRow(string Alert, StatusView Status, string Target, string Condition, string Severity, string Value, TimeView? Since, string Note)
{
    public static IEnumerable<AlertRow> Of(AlertReport report, DateTimeOffset now)
    {
        var open = report.States.Where(state => state.Phase != AlertPhase.Ok).ToList();
        return open.Count == 0 ? [Of(report, null, now)] : open.Select(state => Of(report, state, now));
    }

    private static AlertRow Of(AlertReport report, AlertState? state, DateTimeOffset now) => new(
        report.Rule.Name,
        StatusOf(state?.Phase ?? AlertPhase.Ok, report.Problem is not null),
        state?.Target ?? "",
        $"{report.Rule.Metric} {report.Rule.Condition}{(report.Rule.For > TimeSpan.Zero ? $" for {PageText.Duration(report.Rule.For)}" : "")}",
        report.Rule.Severity.ToString().ToLowerInvariant(),
        state is null ? "–" : KpiRow.Number(state.Value),
        state is { Phase: AlertPhase.Firing, FiredAt: { } fired } ? TimeView.Of(fired, now) : null,
        NoteOf(report, state));

    private static StatusView StatusOf(AlertPhase phase, bool isBroken) => phase switch
    {
        AlertPhase.Firing => new StatusView("firing", StatusView.Bad),
        AlertPhase.Pending => new StatusView("pending", StatusView.Busy),
        _ => isBroken ? new StatusView("not known", StatusView.Busy) : new StatusView("fine", StatusView.Good),
    };

    private static string NoteOf(AlertReport report, AlertState? state)
    {
        string?[] notes =
        [
            report.Problem,
            report.Silence is { } silence ? $"silenced until {silence.Until.UtcDateTime:yyyy-MM-dd HH:mm'Z'} by {silence.By}: {silence.Reason}" : null,
            state?.AcknowledgedBy is { } user ? $"acknowledged by {user}" : null,
            state is { IsFlapping: true } ? "fires again and again" : null,
        ];
        return string.Join("; ", notes.Where(note => note is not null));
    }
}
