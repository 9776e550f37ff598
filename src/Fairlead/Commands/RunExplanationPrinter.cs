using Fairlead.Steps.Comparison;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints why a run is not another one, as a tree that goes up to the data.</summary>
internal static class RunExplanationPrinter
{
    private const int MostFiles = 10;

    public static void Print(IAnsiConsole console, RunExplanation explanation)
    {
        console.WriteLine(explanation.Summary);
        Print(console, explanation, "  ");
    }

    private static void Print(IAnsiConsole console, RunExplanation explanation, string indent)
    {
        foreach (var change in explanation.Changes)
        {
            console.MarkupLineInterpolated($"{indent}[teal]{change.Part}[/]  {change.Before ?? "none"} > {change.Now ?? "none"}");
            foreach (var file in change.Files.Take(MostFiles))
                console.MarkupLineInterpolated($"{indent}  [grey]{file}[/]");
            if (change.Files.Count > MostFiles)
                console.MarkupLineInterpolated($"{indent}  [grey]and {change.Files.Count - MostFiles} more[/]");
            if (change.From is not { } from)
                continue;
            if (from.Changes.Count == 0)
                console.MarkupLineInterpolated($"{indent}  {from.Summary}");
            Print(console, from, indent + "  ");
        }

        if (explanation.More > 0)
            console.MarkupLineInterpolated($"{indent}[grey]and {explanation.More} more parts[/]");
    }
}
