using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Query;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Keeps a query under a name.</summary>
internal sealed class QuerySaveCommand : CliCommand
{
    private static readonly Argument<string> QueryName = new("name") { Description = "Letters, digits, hyphens and underscores." };
    private static readonly Argument<string> Sql = new("sql") { Description = "The statement; '@file.sql' reads a file, '-' standard input." };
    private static readonly Option<string?> About = new("--description") { Description = "What it answers.", HelpName = "text" };

    public QuerySaveCommand()
        : base(
            "save",
            "Keep a query under a name, after checking it against the data as it is; saving again replaces it.",
            "fairlead query save by_origin \"select avg(output.late) from predictions where input.origin = $origin\"",
            "fairlead query save weekly @weekly.sql --description \"Lateness by week\"")
    {
        Arguments.Add(QueryName);
        Arguments.Add(Sql);
        Options.Add(About);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new SavedQueryBody(await QueryText.ReadAsync(parse.GetRequiredValue(Sql), cancellationToken), parse.GetValue(About), CommandContext.User);
        var path = $"/api/queries/{Uri.EscapeDataString(parse.GetRequiredValue(QueryName))}";
        var saved = await client.PutAsync(path, body, WebJson.Default.SavedQueryBody, SavedQueriesJson.Default.SavedQuery, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(saved, SavedQueriesJson.Default.SavedQuery);
        else
            context.Out.MarkupLineInterpolated($"saved; run it with [bold]fairlead query run {saved.Name}{string.Concat(saved.Parameters.Select(name => $" --param {name}=…"))}[/]");
        return ExitCodes.Success;
    }
}
