using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.ProjectFile;

namespace Fairlead.Commands;

/// <summary>Prints the JSON Schema of the project file.</summary>
internal sealed class SchemaCommand()
    : CliCommand(
        "schema",
        "Print the JSON Schema of fairlead.yaml, for editors.",
        "fairlead schema > fairlead.schema.json",
        "# yaml-language-server: $schema=fairlead.schema.json    (first line of fairlead.yaml)")
{
    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        Console.Out.WriteLine(ProjectFileSchema.Json());
        return Task.FromResult(ExitCodes.Success);
    }
}
