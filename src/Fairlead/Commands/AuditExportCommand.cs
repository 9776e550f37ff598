using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Copies the whole audit log.</summary>
internal sealed class AuditExportCommand() : CliCommand(
    "export",
    "Print the whole audit log as JSON lines, oldest first, each with its hash; 'fairlead audit verify --file' checks them anywhere.",
    "fairlead audit export > audit.jsonl")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        using var output = Console.OpenStandardOutput();
        await client.CopyAsync("/api/audit/export", output, cancellationToken);
        return ExitCodes.Success;
    }
}
