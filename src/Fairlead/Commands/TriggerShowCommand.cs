using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Triggers;
using Fairlead.Triggers.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows one trigger and what it saw.</summary>
internal sealed class TriggerShowCommand : CliCommand
{
    private static readonly Argument<string> Trigger = TriggerName.Argument();

    public TriggerShowCommand()
        : base("show", "Show how a trigger is, and what it saw.", "fairlead trigger show release/git", "fairlead trigger show release/git --format json") =>
        Arguments.Add(Trigger);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        Print(context, await client.GetAsync(TriggerName.PathOf(parse.GetRequiredValue(Trigger)), TriggerJson.Default.TriggerDetails, cancellationToken));
        return ExitCodes.Success;
    }

    public static void Print(CommandContext context, TriggerDetails details)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(details, TriggerJson.Default.TriggerDetails);
            return;
        }

        var trigger = details.Trigger;
        var facts = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumns("", "");
        Add(facts, "trigger", $"{trigger.Name} ({trigger.Kind})");
        Add(facts, "status", $"{trigger.Status.ToString().ToLowerInvariant()}{(trigger.PausedBy is { } by ? $", by {by}" : "")}");
        Add(facts, "settings", trigger.Settings.GetRawText());
        Add(facts, "looked at", trigger.LastLook is { } look ? PipelineText.Time(look) : null);
        Add(facts, "next", trigger.Next is { } next ? PipelineText.Time(next) : null);
        Add(facts, "problem", trigger.Problem is { } problem ? $"{problem}{(trigger.FailingSince is { } since ? $" (since {PipelineText.Time(since)})" : "")}" : null);
        Add(facts, "webhooks", trigger.Hook);
        var firings = new Table { Border = TableBorder.Simple }.AddColumns("seen", "what", "became of it", "execution");
        foreach (var firing in details.Firings)
        {
            firings.AddRow(
                new Text(PipelineText.Time(firing.Order.At)),
                new Text(firing.Order.Cause.Detail ?? firing.Order.Key),
                new Text($"{firing.Status.ToString().ToLowerInvariant()}{(firing.Reason is { } reason ? $": {reason}" : "")}"),
                new Text(firing.Execution?.ToString(CultureInfo.InvariantCulture) ?? ""));
        }

        context.Out.Write(facts);
        context.Out.Write(firings);
    }

    private static void Add(Table facts, string name, string? value)
    {
        if (value is not null)
            facts.AddRow(new Text(name), new Text(value));
    }
}
