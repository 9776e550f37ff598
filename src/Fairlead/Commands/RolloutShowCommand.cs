using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;

namespace Fairlead.Commands;

/// <summary>Shows one rollout.</summary>
internal sealed class RolloutShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("rollout") { Description = "Its number." };
    private static readonly Option<bool> Follow = new("--follow") { Description = "Stay until it has ended." };

    public RolloutShowCommand()
        : base("show", "Show one rollout: what it is about, and what happened.", "fairlead rollout show 12", "fairlead rollout show 12 --follow")
    {
        Arguments.Add(Number);
        Options.Add(Follow);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var number = parse.GetValue(Number);
        if (parse.GetValue(Follow))
            return await RolloutWatch.FollowAsync(context, client, number, cancellationToken);
        var rollout = await client.GetAsync($"/api/rollouts/{number}", DomainJson.Default.Rollout, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(rollout, DomainJson.Default.Rollout);
        else
            context.Out.Write(RolloutPrinter.Draw(rollout));
        return ExitCodes.Success;
    }
}
