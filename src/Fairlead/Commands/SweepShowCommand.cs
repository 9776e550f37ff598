using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Sweeps;

namespace Fairlead.Commands;

/// <summary>Prints a sweep with its trials.</summary>
internal sealed class SweepShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("sweep") { Description = "Number of the sweep." };

    public SweepShowCommand()
        : base("show", "Print a sweep, its trials and the best of them.", "fairlead sweep show 3", "fairlead sweep show 3 --format json") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        SweepCommand.Print(context, await client.GetAsync($"/api/sweeps/{parse.GetValue(Number)}", SweepJson.Default.SweepReport, cancellationToken));
        return ExitCodes.Success;
    }
}
