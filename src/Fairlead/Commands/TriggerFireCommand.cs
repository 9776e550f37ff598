using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Triggers;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Begins an execution as if a trigger had fired.</summary>
internal sealed class TriggerFireCommand : CliCommand
{
    private static readonly Argument<string> Trigger = TriggerName.Argument();
    private static readonly Option<string?> Commit = new("--commit") { Description = "The commit to execute. Default: that of its last firing.", HelpName = "commit" };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Stays until it has ended, and fails when it did not succeed." };

    public TriggerFireCommand()
        : base("fire", "Begin an execution as if a trigger had fired, with what it told last, whether its condition holds or not.", "fairlead trigger fire release/cron", "fairlead trigger fire release/git --commit main~1 --watch")
    {
        Arguments.Add(Trigger);
        Options.Add(Commit);
        Options.Add(Watch);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new FireBody(parse.GetValue(Commit), CommandContext.User);
        var fired = await client.PostAsync($"{TriggerName.PathOf(parse.GetRequiredValue(Trigger))}/fire", body, WebJson.Default.FireBody, TriggerJson.Default.FiredTrigger, cancellationToken);
        if (parse.GetValue(Watch))
            return await PipelineWatchCommand.WatchAsync(client, context, fired.Execution, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(fired, TriggerJson.Default.FiredTrigger);
        else
            context.Out.WriteLine($"execution {fired.Execution} was begun; follow it with 'fairlead pipeline watch {fired.Execution}'");
        return ExitCodes.Success;
    }
}
