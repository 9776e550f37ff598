using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Triggers;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Pauses a trigger, or lets it go on.</summary>
internal sealed class TriggerPauseCommand : CliCommand
{
    private static readonly Argument<string> Trigger = TriggerName.Argument();
    private readonly string request;

    public TriggerPauseCommand(string name, string description)
        : base(name, description, $"fairlead trigger {name} release/git", $"fairlead trigger {name} release/git --format json")
    {
        request = name;
        Arguments.Add(Trigger);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"{TriggerName.PathOf(parse.GetRequiredValue(Trigger))}/{request}";
        TriggerShowCommand.Print(context, await client.PostAsync(path, new FireBody(User: CommandContext.User), WebJson.Default.FireBody, TriggerJson.Default.TriggerDetails, cancellationToken));
        return ExitCodes.Success;
    }
}
