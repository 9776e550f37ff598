using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Sweeps;
using Fairlead.Sweeps.Running;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Writes the parameters of a trial into the project file.</summary>
internal sealed class SweepPromoteCommand : CliCommand
{
    private static readonly Argument<int> Number = new("sweep") { Description = "Number of the sweep." };
    private static readonly Argument<int?> Trial = new("trial") { Description = "Number of the trial; else the best.", Arity = ArgumentArity.ZeroOrOne };

    public SweepPromoteCommand()
        : base("promote", "Write the best parameters of a sweep, or those of another trial, into the project file, in a commit.", "fairlead sweep promote 3", "fairlead sweep promote 3 17")
    {
        Arguments.Add(Number);
        Arguments.Add(Trial);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var sweep = await PromoteAsync(context, parse.GetValue(Number), parse.GetValue(Trial), cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(sweep, SweepJson.Default.SweepRecord);
        else
            new SweepPrinter(context.Out).PrintPromotion(sweep.Promotion!);
        return ExitCodes.Success;
    }

    internal static async Task<SweepRecord> PromoteAsync(CommandContext context, int sweep, int? trial, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        return await client.PostAsync($"/api/sweeps/{sweep}/promotion", new PromotionBody(trial, CommandContext.User), WebJson.Default.PromotionBody, SweepJson.Default.SweepRecord, cancellationToken);
    }
}
