using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Doctor;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says what this machine has and lacks.</summary>
internal sealed class DoctorCommand()
    : CliCommand(
        "doctor",
        "Say what this machine has and what it lacks, with the command that mends it.",
        "fairlead doctor",
        "fairlead doctor --format json")
{
    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var findings = MachineCheck.Run(context.StartFolder);
        if (context.IsJson)
        {
            CommandContext.WriteJson(findings, DoctorJson.Default.IReadOnlyListFinding);
        }
        else
        {
            foreach (var finding in findings)
            {
                var (mark, color) = finding.Verdict switch { Verdict.Good => ("ok", "green"), Verdict.Optional => ("--", "yellow"), _ => ("no", "red") };
                context.Out.MarkupLine($"[{color}]{mark}[/]  {Markup.Escape(finding.Subject),-18} {Markup.Escape(finding.Fact)}{(finding.Cure is null ? "" : $"  [bold]{Markup.Escape(finding.Cure)}[/]")}");
            }
        }

        return Task.FromResult(findings.Any(finding => finding.Verdict == Verdict.Bad) ? ExitCodes.Failure : ExitCodes.Success);
    }
}
