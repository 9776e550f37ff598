using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Brings artifacts from the registry of the project.</summary>
internal sealed class StorePullCommand : CliCommand
{
    private static readonly Argument<string[]> Names = new("name") { Description = "What was pushed: rides@3, model/late@2, train-7, v001.", Arity = ArgumentArity.OneOrMore };

    public StorePullCommand()
        : base("pull", "Bring artifacts from the registry that the project file names into the store; what is there already is not fetched again.", "fairlead store pull rides@3", "fairlead store pull v001") =>
        Arguments.Add(Names);

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken) =>
        TransferPrinter.RunAsync("/api/store/pull", "pulled", parse.GetRequiredValue(Names), context, cancellationToken);
}
