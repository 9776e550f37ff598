using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Steps;

namespace Fairlead.Commands;

/// <summary>Says why a step ran again.</summary>
internal sealed class WhyCommand : CliCommand
{
    private static readonly Argument<string> RunArgument = new("run") { Description = "Such as train-3." };

    public WhyCommand()
        : base(
            "why",
            "Say why a step ran again: what differs from its run before, followed upwards through what it read.",
            "fairlead why evaluate-7",
            "fairlead why train-3 --format json") => Arguments.Add(RunArgument);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var explanation = await client.GetAsync($"/api/runs/{Uri.EscapeDataString(parse.GetRequiredValue(RunArgument))}/why", StepsJson.Default.RunExplanation, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(explanation, StepsJson.Default.RunExplanation);
        else
            RunExplanationPrinter.Print(context.Out, explanation);
        return ExitCodes.Success;
    }
}
