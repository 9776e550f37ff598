using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Steps;
using Fairlead.Steps.Comparison;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Compares two runs.</summary>
internal sealed class DiffCommand : CliCommand
{
    private static readonly Argument<string> Left = new("left") { Description = "A run, such as train-3." };
    private static readonly Argument<string> Right = new("right") { Description = "Another run of the same step." };

    public DiffCommand()
        : base("diff", "Say how two runs differ: parameters, metrics, inputs, code, outputs.", "fairlead diff train-3 train-4", "fairlead diff evaluate-1 evaluate-2 --format json")
    {
        Arguments.Add(Left);
        Arguments.Add(Right);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/runs/diff?left={Uri.EscapeDataString(parse.GetRequiredValue(Left))}&right={Uri.EscapeDataString(parse.GetRequiredValue(Right))}";
        var difference = await client.GetAsync(path, StepsJson.Default.RunDifference, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(difference, StepsJson.Default.RunDifference);
        else
            RunDifferencePrinter.Print(context.Out, difference);
        return ExitCodes.Success;
    }
}
