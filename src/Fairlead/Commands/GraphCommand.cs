using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Steps;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Graph.Drawing;

namespace Fairlead.Commands;

/// <summary>Draws the graph of steps.</summary>
internal sealed class GraphCommand : CliCommand
{
    private const string Text = "text";
    private const string Mermaid = "mermaid";
    private const string Svg = "svg";
    private static readonly Argument<string[]> Steps = new("step") { Description = "Steps to show, with what they need; none means all.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Fold = new("--fold") { Description = "Show the variants of a matrix as one, as is done by itself for more than 60 steps." };
    private static readonly Option<bool> Unfold = new("--unfold") { Description = "Show every variant." };
    private static readonly Option<string> Drawing = CreateDrawing();

    public GraphCommand()
        : base(
            "graph",
            "Show which steps there are, what each reads, and which of them would run now.",
            "fairlead graph",
            "fairlead graph evaluate --as mermaid",
            "fairlead graph --as svg > steps.svg",
            "fairlead graph --format json")
    {
        Arguments.Add(Steps);
        Options.Add(Drawing);
        Options.Add(Fold);
        Options.Add(Unfold);
        Validators.Add(result =>
        {
            if (result.GetValue(Fold) && result.GetValue(Unfold))
                result.AddError("--fold and --unfold exclude one another; give one of them.");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        bool? fold = parse.GetValue(Fold) ? true : parse.GetValue(Unfold) ? false : null;
        List<string> query = [.. (parse.GetValue(Steps) ?? []).Select(step => $"step={Uri.EscapeDataString(step)}"), .. fold is { } given ? new[] { $"fold={(given ? "true" : "false")}" } : []];
        var graph = await client.GetAsync($"/api/graph?{string.Join('&', query)}", StepsJson.Default.StepGraphView, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(graph, StepsJson.Default.StepGraphView);
        else
            await Console.Out.WriteAsync(Draw(graph, parse.GetValue(Drawing)!));
        return ExitCodes.Success;
    }

    private static string Draw(StepGraphView graph, string drawing) => drawing switch
    {
        Mermaid => GraphMermaid.Draw(graph),
        Svg => GraphSvg.Draw(graph),
        _ => GraphText.Draw(graph),
    };

    private static Option<string> CreateDrawing()
    {
        var option = new Option<string>("--as") { Description = "How to draw it: text, mermaid or svg.", DefaultValueFactory = _ => Text, HelpName = "drawing" };
        option.AcceptOnlyFromAmong(Text, Mermaid, Svg);
        return option;
    }
}
