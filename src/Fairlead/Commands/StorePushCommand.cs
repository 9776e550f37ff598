using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Brings artifacts to the registry of the project.</summary>
internal sealed class StorePushCommand : CliCommand
{
    private static readonly Argument<string[]> Names = new("name") { Description = "Dataset versions, model versions, runs or releases: rides@3, model/late@2, train-7, v001.", Arity = ArgumentArity.OneOrMore };

    /// <param name="called">As it is written, for the examples.</param>
    public StorePushCommand(string called)
        : base("push", "Bring artifacts to the registry that the project file names; what is there already is not sent again.", $"{called} rides@3", $"{called} v001 train-7") =>
        Arguments.Add(Names);

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken) =>
        TransferPrinter.RunAsync("/api/store/push", "pushed", parse.GetRequiredValue(Names), context, cancellationToken);
}
