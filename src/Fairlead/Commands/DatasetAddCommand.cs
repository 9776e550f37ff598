using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Registers the present state of datasets.</summary>
internal sealed class DatasetAddCommand : CliCommand
{
    private static readonly Argument<string[]> Names = new("dataset") { Description = "Datasets of the project file; none means all.", Arity = ArgumentArity.ZeroOrMore };

    public DatasetAddCommand()
        : base("add", "Register the present state of datasets; 'fairlead run' does it too.", "fairlead dataset add", "fairlead dataset add customers")
    {
        Arguments.Add(Names);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new DatasetsBody(parse.GetValue(Names), CommandContext.User);
        var versions = await client.PostAsync("/api/datasets", body, WebJson.Default.DatasetsBody, DomainJson.Default.IReadOnlyListDatasetVersion, cancellationToken);
        DatasetTable.Print(context, versions);
        return ExitCodes.Success;
    }
}
