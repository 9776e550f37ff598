using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Query;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the saved queries.</summary>
internal sealed class QueryListCommand : CliCommand
{
    public QueryListCommand()
        : base("list", "List the saved queries.", "fairlead query list", "fairlead query list --format json")
    {
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var saved = await client.GetAsync("/api/queries", SavedQueriesJson.Default.IReadOnlyListSavedQuery, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(saved, SavedQueriesJson.Default.IReadOnlyListSavedQuery);
            return ExitCodes.Success;
        }

        if (saved.Count == 0)
        {
            context.Out.MarkupLine("no query is saved; keep one with [bold]fairlead query save NAME \"select …\"[/]");
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("name", "parameters", "saved by", "description");
        foreach (var query in saved)
            table.AddRow(new Text(query.Name), new Text(string.Join(", ", query.Parameters)), new Text(query.SavedBy), new Text(query.Description ?? query.Sql.ReplaceLineEndings(" ")));
        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
