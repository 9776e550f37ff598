using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Commands;

/// <summary>Executes a SQL step: what the step engine starts in the step's working folder.</summary>
internal sealed class StepSqlCommand : CliCommand
{
    private static readonly Argument<string> Script = new("script") { Description = "The SQL script; the current folder is the step's." };

    public StepSqlCommand()
        : base("step-sql", "Execute a SQL step in the current folder.")
    {
        Hidden = true;
        Arguments.Add(Script);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        try
        {
            DefineParameters(connection);
            DefineInputs(connection);
            connection.Execute(File.ReadAllText(parse.GetRequiredValue(Script)), cancellationToken);
            return Task.FromResult(ExitCodes.Success);
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Failed(e.Message);
        }
    }

    /// <summary>Each parameter is a variable of its own type: <c>getvariable('until')</c>.</summary>
    private static void DefineParameters(DuckDbConnection connection)
    {
        using var parameters = JsonDocument.Parse(File.ReadAllBytes("params.json"));
        foreach (var parameter in parameters.RootElement.EnumerateObject())
        {
            var literal = parameter.Value.ValueKind == JsonValueKind.String ? DuckDbText.Literal(parameter.Value.GetString()!) : parameter.Value.GetRawText();
            connection.Execute($"set variable {DuckDbText.Name(parameter.Name)} = {literal}");
        }
    }

    /// <summary>Each input that holds rows is a view of its name; others are only files in <c>in/</c>.</summary>
    private static void DefineInputs(DuckDbConnection connection)
    {
        if (!Directory.Exists("in"))
            return;
        foreach (var path in Directory.EnumerateFileSystemEntries("in").Order(StringComparer.Ordinal))
        {
            if (DuckDbRowFiles.ReaderOf(path) is { } reader)
                connection.Execute($"create view {DuckDbText.Name(Path.GetFileName(path))} as select * from {reader}");
        }
    }
}
