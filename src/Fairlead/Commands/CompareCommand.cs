using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Steps;

namespace Fairlead.Commands;

/// <summary>Puts runs side by side.</summary>
internal sealed class CompareCommand : CliCommand
{
    private static readonly Argument<string[]> Runs = new("run") { Description = "Two runs or more, such as train-3 train-4; the others are held against the first.", Arity = new ArgumentArity(2, 50) };
    private static readonly Option<bool> All = new("--all") { Description = "Show also what is the same." };

    public CompareCommand()
        : base(
            "compare",
            "Put runs side by side, and say why they are not the same: parameters, metrics, inputs, code, tools, outputs.",
            "fairlead compare train-3 train-4",
            "fairlead compare evaluate-1 evaluate-2 evaluate-7 --format json")
    {
        Aliases.Add("diff");
        Arguments.Add(Runs);
        Options.Add(All);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = string.Join('&', parse.GetRequiredValue(Runs).Select(run => $"run={Uri.EscapeDataString(run)}"));
        var comparison = await client.GetAsync($"/api/runs/compare?{query}", StepsJson.Default.RunComparison, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(comparison, StepsJson.Default.RunComparison);
        else
            RunComparisonPrinter.Print(context.Out, comparison, parse.GetValue(All));
        return ExitCodes.Success;
    }
}
