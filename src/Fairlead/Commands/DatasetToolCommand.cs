using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Datasets;
using Fairlead.Domain.Serialization;

namespace Fairlead.Commands;

/// <summary>Looks into data: what the control plane starts in a folder that holds it.</summary>
internal sealed class DatasetToolCommand : CliCommand
{
    public const string CommandName = "dataset-tool";
    private static readonly Argument<string> Order = new("order") { Description = "File with the order; the current folder holds the data." };

    public DatasetToolCommand()
        : base(CommandName, "Look into the data in the current folder.")
    {
        Hidden = true;
        Arguments.Add(Order);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var order = JsonSerializer.Deserialize(File.ReadAllBytes(parse.GetRequiredValue(Order)), DomainJson.Default.DatasetOrder)
            ?? throw new InvalidDataException("The order is empty.");
        DatasetProcess.Run(Directory.GetCurrentDirectory(), Path.TrimEndingDirectorySeparator(Path.GetTempPath()), order, cancellationToken);
        return Task.FromResult(ExitCodes.Success);
    }
}
