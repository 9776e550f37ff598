using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;

namespace Fairlead.Commands;

/// <summary>Lists rollouts.</summary>
internal sealed class RolloutListCommand : CliCommand
{
    private static readonly Argument<string?> Environment = new("environment") { Description = "Only those of this environment.", Arity = ArgumentArity.ZeroOrOne };

    public RolloutListCommand()
        : base("list", "List deployments and rollbacks, newest first.", "fairlead rollout list", "fairlead rollout list prod --format json")
    {
        Arguments.Add(Environment);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var environment = parse.GetValue(Environment);
        var rollouts = await client.GetAsync(
            "/api/rollouts" + (environment is null ? "" : $"?environment={Uri.EscapeDataString(environment)}"), DomainJson.Default.IReadOnlyListRollout, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(rollouts, DomainJson.Default.IReadOnlyListRollout);
        else
            context.Out.Write(RolloutPrinter.List(rollouts));
        return ExitCodes.Success;
    }
}
