using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;

namespace Fairlead.Commands;

/// <summary>Lists dataset versions.</summary>
internal sealed class DatasetListCommand : CliCommand
{
    private static readonly Argument<string?> Dataset = new("dataset") { Description = "Only versions of this dataset.", Arity = ArgumentArity.ZeroOrOne };

    public DatasetListCommand()
        : base("list", "List the versions of datasets, newest first.", "fairlead dataset list", "fairlead dataset list customers --format json")
    {
        Arguments.Add(Dataset);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = parse.GetValue(Dataset) is { } name ? $"?dataset={Uri.EscapeDataString(name)}" : "";
        var versions = await client.GetAsync($"/api/datasets{query}", DomainJson.Default.IReadOnlyListDatasetVersion, cancellationToken);
        DatasetTable.Print(context, versions);
        return ExitCodes.Success;
    }
}
