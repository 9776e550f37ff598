using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Query.Workers;

namespace Fairlead.Commands;

/// <summary>Computes users' SQL for the control plane that starts it.</summary>
internal sealed class QueryWorkerCommand : CliCommand
{
    public const string CommandName = "query-worker";
    private static readonly Argument<string> Predictions = new("predictions") { Description = "The folder that may be read." };
    private static readonly Argument<string> Scratch = new("scratch") { Description = "A folder within it that may be written." };

    public QueryWorkerCommand()
        : base(CommandName, "Compute SQL for the control plane, over standard input and output.")
    {
        Hidden = true;
        Arguments.Add(Predictions);
        Arguments.Add(Scratch);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        QueryWorkerProcess.Run(parse.GetRequiredValue(Predictions), parse.GetRequiredValue(Scratch), input, output);
        return Task.FromResult(ExitCodes.Success);
    }
}
