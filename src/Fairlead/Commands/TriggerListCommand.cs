using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Triggers;
using Fairlead.Triggers.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the triggers of the project file.</summary>
internal sealed class TriggerListCommand() : CliCommand("list", "List the triggers, and how they are.", "fairlead trigger list", "fairlead trigger list --format json")
{
    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken) => ListAsync(context, cancellationToken);

    public static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var triggers = await client.GetAsync("/api/triggers", TriggerJson.Default.IReadOnlyListTriggerReport, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(triggers, TriggerJson.Default.IReadOnlyListTriggerReport);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("trigger", "kind", "status", "fired", "execution", "next", "problem");
        foreach (var trigger in triggers)
        {
            table.AddRow(
                new Text(trigger.Name),
                new Text(trigger.Kind),
                new Text(trigger.Status.ToString().ToLowerInvariant(), Style(trigger.Status)),
                new Text(trigger.LastFired is { } fired ? PipelineText.Time(fired) : ""),
                new Text(trigger.LastExecution?.ToString(CultureInfo.InvariantCulture) ?? ""),
                new Text(trigger.Next is { } next ? PipelineText.Time(next) : ""),
                new Text(trigger.PausedBy is { } by ? $"paused by {by}" : trigger.Problem ?? ""));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }

    private static Style Style(TriggerStatus status) => status switch
    {
        TriggerStatus.Active => new Style(Color.Green),
        TriggerStatus.Failing => new Style(Color.Red),
        _ => new Style(Color.Grey),
    };
}
