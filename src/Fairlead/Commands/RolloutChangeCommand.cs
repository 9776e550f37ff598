using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Pauses, resumes or aborts a rollout.</summary>
internal sealed class RolloutChangeCommand : CliCommand
{
    private static readonly Argument<int> Number = new("rollout") { Description = "Its number." };

    /// <param name="verb">As the API has it.</param>
    public RolloutChangeCommand(string verb, string description)
        : base(verb, description, $"fairlead rollout {verb} 12")
    {
        Arguments.Add(Number);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var number = parse.GetValue(Number);
        var known = await client.GetAsync($"/api/rollouts/{number}", DomainJson.Default.Rollout, cancellationToken);
        var path = $"/api/environments/{Uri.EscapeDataString(known.Environment)}/rollouts/{number}/{Name}";
        var rollout = await client.PostAsync(path, new UserBody(CommandContext.User), WebJson.Default.UserBody, DomainJson.Default.Rollout, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(rollout, DomainJson.Default.Rollout);
        else
            context.Out.Write(RolloutPrinter.Draw(rollout));
        return ExitCodes.Success;
    }
}
