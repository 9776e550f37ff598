using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Registers the present state of datasets; with a source, writes the dataset into the project file first.</summary>
internal sealed class DatasetAddCommand : CliCommand
{
    private static readonly Argument<string[]> Names = new("dataset") { Description = "Datasets of the project file; none means all. With a source, the name of a new one.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> PathOption = new("--path") { Description = "A new dataset: file, folder or pattern such as 'data/**/*.csv', relative to the project file.", HelpName = "path" };
    private static readonly Option<string?> Url = new("--url") { Description = "A new dataset: where it is fetched from.", HelpName = "url" };
    private static readonly Option<string?> Digest = new("--digest") { Description = "SHA-256 of what is at the URL; when none is given it is fetched and told.", HelpName = "digest" };
    private static readonly Option<string?> Sql = new("--sql") { Description = "A new dataset: a query, or a file with it that ends in .sql.", HelpName = "query" };
    private static readonly Option<string[]> From = new("--from") { Description = "What the query reads, such as raw=rides: a name in the query and a dataset.", HelpName = "name=dataset" };
    private static readonly Option<string[]> Expect = new("--expect") { Description = "A condition in SQL that must hold; may be given more than once.", HelpName = "condition" };
    private static readonly Option<string?> Key = new("--key") { Description = "Columns that tell rows apart, with commas.", HelpName = "columns" };

    public DatasetAddCommand()
        : base(
            "add",
            "Register the present state of datasets; 'fairlead run' does it too. With --path, --url or --sql, write a new one into the project file first.",
            "fairlead dataset add",
            "fairlead dataset add rides --path data/rides.parquet --key id",
            "fairlead dataset add weather --url https://example.com/weather.csv",
            "fairlead dataset add clean --sql steps/clean.sql --from raw=rides --expect 'price > 0'")
    {
        Arguments.Add(Names);
        foreach (Option option in new Option[] { PathOption, Url, Digest, Sql, From, Expect, Key })
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var names = parse.GetValue(Names) ?? [];
        var entry = new DatasetEntry
        {
            Path = parse.GetValue(PathOption),
            Url = parse.GetValue(Url),
            Digest = parse.GetValue(Digest),
            Sql = parse.GetValue(Sql),
            From = parse.GetValue(From) ?? [],
            Expect = parse.GetValue(Expect) ?? [],
            Key = parse.GetValue(Key),
        };
        if (!entry.IsEmpty)
            await WriteAsync(context, names, entry, cancellationToken);
        using var client = context.Connect();
        var body = new DatasetsBody(names, CommandContext.User);
        var versions = await client.PostAsync("/api/datasets", body, WebJson.Default.DatasetsBody, DomainJson.Default.IReadOnlyListDatasetVersion, cancellationToken);
        DatasetTable.Print(context, versions);
        return ExitCodes.Success;
    }

    private static async Task WriteAsync(CommandContext context, IReadOnlyList<string> names, DatasetEntry entry, CancellationToken cancellationToken)
    {
        if (names.Count != 1)
            throw FairleadException.Invalid($"A new dataset has one name, and {names.Count} are given; write one, such as 'fairlead dataset add rides --path data/rides.parquet'.");
        await entry.WriteAsync(context.FindProject(), names[0], cancellationToken);
        context.Error.MarkupLineInterpolated($"wrote [bold]{names[0]}[/] into {Domain.Projects.StateFolder.ProjectFileName}");
    }
}
