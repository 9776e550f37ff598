using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Removes a unit from all predictions.</summary>
internal sealed class PredictionsEraseCommand : CliCommand
{
    private static readonly Option<string> Unit = new("--unit") { Description = "The unit, as requests named it; where it was captured as a hash, it is found by its hash.", Required = true, HelpName = "unit" };
    private static readonly Option<string?> Environment = new("--environment") { Description = "Only in this environment.", HelpName = "name" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the record; do not name the unit here.", HelpName = "text" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };

    public PredictionsEraseCommand()
        : base(
            "erase",
            "Remove a unit from all predictions and outcomes, with a record that proves it. It covers what was answered before the command began, takes up to a minute, and cannot be undone.",
            "fairlead predictions erase --unit customer-4711 --reason 'asked by letter'",
            "fairlead predictions erase --unit customer-4711 --environment stage --yes --format json")
    {
        Options.Add(Unit);
        Options.Add(Environment);
        Options.Add(Reason);
        Options.Add(Yes);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var unit = parse.GetRequiredValue(Unit);
        using var client = context.Connect();
        if (!parse.GetValue(Yes) && !await IsWantedAsync(context, unit, cancellationToken))
            return ExitCodes.Cancelled;
        context.Error.MarkupLine("[grey]waiting until the log is compacted, which takes up to half a minute[/]");
        var body = new ErasureBody(unit, parse.GetValue(Environment), parse.GetValue(Reason), CommandContext.User);
        var erasure = await client.PostAsync("/api/predictions/erasures", body, WebJson.Default.ErasureBody, KeepingJson.Default.Erasure, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(erasure, KeepingJson.Default.Erasure);
        else
            ErasurePrinter.Print(context, erasure);
        return ExitCodes.Success;
    }

    /// <summary>Without a terminal nobody is there to be asked.</summary>
    private static async Task<bool> IsWantedAsync(CommandContext context, string unit, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            throw FairleadException.Invalid("Erasing cannot be undone; say '--yes' when nobody can be asked.");
        context.Error.MarkupInterpolated($"Erase every prediction and outcome of '{unit}'? This cannot be undone. Type yes: ");
        return await Console.In.ReadLineAsync(cancellationToken) == "yes";
    }
}
