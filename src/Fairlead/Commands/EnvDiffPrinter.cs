using Fairlead.CommandLine;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Differences as lines: what goes in red, what comes in green.</summary>
internal static class EnvDiffPrinter
{
    public static void Print(CommandContext context, EnvironmentDiff diff)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(diff, DeliveryJson.Default.EnvironmentDiff);
            return;
        }

        foreach (var problem in diff.Problems)
            context.Error.MarkupLineInterpolated($"[yellow]{problem}[/]");
        if (diff.Entries.Count == 0)
            context.Out.MarkupLineInterpolated($"[grey]{diff.Left} and {diff.Right} do not differ[/]");
        else
            context.Out.MarkupLineInterpolated($"[red]- {diff.Left}[/]\n[green]+ {diff.Right}[/]");
        foreach (var section in diff.Entries.GroupBy(entry => entry.Section))
        {
            context.Out.MarkupLineInterpolated($"[bold]{section.Key}[/]");
            foreach (var entry in section)
            {
                if (entry.Left is not null)
                    context.Out.MarkupLineInterpolated($"[red]- {entry.Key}: {entry.Left}[/]");
                if (entry.Right is not null)
                    context.Out.MarkupLineInterpolated($"[green]+ {entry.Key}: {entry.Right}[/]");
            }
        }
    }
}
