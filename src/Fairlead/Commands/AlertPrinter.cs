using System.Globalization;
using Fairlead.Monitoring.Alerts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Writes alerts for people.</summary>
internal static class AlertPrinter
{
    public static void PrintList(IAnsiConsole console, IReadOnlyList<AlertReport> reports)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("alert", "state", "about", "condition", "value", "since", "note");
        foreach (var report in reports)
        {
            var states = report.States.Where(state => state.Phase != AlertPhase.Ok).ToList();
            if (states.Count == 0)
                table.AddRow(new Text(report.Rule.Name), Mark(AlertPhase.Ok), new Text(""), new Text(Condition(report.Rule)), new Text(""), new Text(""), new Text(Note(report, null)));
            foreach (var state in states)
            {
                table.AddRow(
                    new Text(report.Rule.Name), Mark(state.Phase), new Text(state.Target), new Text(Condition(report.Rule)), new Text(KpiText.Number(state.Value)), new Text(At(state.Phase == AlertPhase.Firing ? state.FiredAt : null)), new Text(Note(report, state)));
            }
        }

        console.Write(table);
    }

    public static void Print(IAnsiConsole console, AlertDetails details)
    {
        PrintList(console, [details.Report]);
        if (details.Notices.Count == 0)
            return;
        NoticePrinter.Print(console, details.Notices);
    }

    private static Markup Mark(AlertPhase phase) => new(phase switch
    {
        AlertPhase.Firing => "[red]firing[/]",
        AlertPhase.Pending => "[yellow]pending[/]",
        _ => "ok",
    });

    private static string Condition(AlertRule rule) => $"{rule.Metric} {rule.Condition}{(rule.For > TimeSpan.Zero ? $" for {rule.For:hh\\:mm\\:ss}" : "")}";

    private static string Note(AlertReport report, AlertState? state)
    {
        string?[] notes =
        [
            report.Problem,
            report.Silence is { } silence ? $"silenced until {At(silence.Until)} by {silence.By}: {silence.Reason}" : null,
            state?.AcknowledgedBy is { } user ? $"acknowledged by {user}" : null,
            state is { IsFlapping: true } ? "flapping" : null,
        ];
        return string.Join("; ", notes.Where(note => note is not null));
    }

    private static string At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
