using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what came of executing a run again; another exit code says that it is not the same.</summary>
internal static class RunVerificationPrinter
{
    public static int Print(CommandContext context, RunVerification verification)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(verification, DomainJson.Default.RunVerification);
            return CodeOf(verification);
        }

        foreach (var run in verification.Runs)
        {
            var color = run.Outcome switch { RebuildOutcome.Identical => "green", RebuildOutcome.Impossible => "yellow", _ => "red" };
            var outcome = run.Outcome.ToString().ToLowerInvariant();
            context.Out.MarkupLine($"{Markup.Escape(run.Run.ToString())} [{color}]{outcome}[/]  {Markup.Escape(run.Reason ?? "every output has the same bytes")} [grey]{run.Seconds.ToString("0.00", CultureInfo.InvariantCulture)} s[/]");
            foreach (var note in run.Notes)
                context.Out.MarkupLine($"  [yellow]{Markup.Escape(note)}[/]");
        }

        return CodeOf(verification);
    }

    private static int CodeOf(RunVerification verification) => verification.Outcome == RebuildOutcome.Identical ? ExitCodes.Success : ExitCodes.Failure;
}
