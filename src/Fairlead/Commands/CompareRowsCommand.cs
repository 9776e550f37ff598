using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.DuckDb;

namespace Fairlead.Commands;

/// <summary>Finds where two Parquet files differ, for the control plane that starts it: whatever they do to their reader ends here.</summary>
internal sealed class CompareRowsCommand : CliCommand
{
    public const string CommandName = "compare-rows";
    private const string Memory = "512MB";
    private static readonly Argument<string> Left = new("recorded") { Description = "A Parquet file." };
    private static readonly Argument<string> Right = new("rebuilt") { Description = "Another one." };

    public CompareRowsCommand()
        : base(CommandName, "Find the first row in which two Parquet files differ.")
    {
        Hidden = true;
        Arguments.Add(Left);
        Arguments.Add(Right);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        // Spilled to nowhere: what does not get by with its memory is not compared.
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1", ["memory_limit"] = Memory, ["temp_directory"] = "" });
        using var connection = database.Connect();
        try
        {
            CommandContext.WriteJson(Find(connection, parse.GetRequiredValue(Left), parse.GetRequiredValue(Right), cancellationToken), DomainJson.Default.DifferingRow);
            return Task.FromResult(ExitCodes.Success);
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Failed(e.Message);
        }
    }

    private static DifferingRow Find(DuckDbConnection connection, string recorded, string rebuilt, CancellationToken cancellationToken)
    {
        connection.Execute($"create view l as from read_parquet({DuckDbText.Literal(recorded)}); create view r as from read_parquet({DuckDbText.Literal(rebuilt)})", cancellationToken);
        var (then, now) = (Columns(connection, "l"), Columns(connection, "r"));
        for (var i = 0; i < Math.Max(then.Count, now.Count); i++)
        {
            (string Name, string Type)? before = i < then.Count ? then[i] : null, after = i < now.Count ? now[i] : null;
            if (before != after)
                return new DifferingRow(null, before?.Name ?? after?.Name, before is { } b ? $"{b.Name} {b.Type}" : null, after is { } a ? $"{a.Name} {a.Type}" : null);
        }

        // A file that has fewer rows has no struct there, and one whose values are all null does.
        var sql = $"""
            select row_number, lv, rv from (
              select row_number() over () as row_number, lv, rv
              from (select struct_pack({Pack(then)}) as lv from l) positional join (select struct_pack({Pack(now)}) as rv from r)
            ) where lv is distinct from rv limit 1
            """;
        connection.Execute($"create temp table d as {sql}", cancellationToken);
        if (connection.Scalar("select row_number from d") is not { } row)
            return new DifferingRow(null, null, null, null);
        var number = Convert.ToInt64(row, System.Globalization.CultureInfo.InvariantCulture);
        if (connection.Scalar("select lv is null or rv is null from d") is true)
            return new DifferingRow(number, null, connection.Scalar("select lv::varchar from d") as string, connection.Scalar("select rv::varchar from d") as string);
        foreach (var (name, _) in then)
        {
            var field = DuckDbText.Name(name);
            if (connection.Scalar($"select lv.{field} is distinct from rv.{field} from d") is true)
                return new DifferingRow(number, name, connection.Scalar($"select lv.{field}::varchar from d") as string, connection.Scalar($"select rv.{field}::varchar from d") as string);
        }

        return new DifferingRow(number, null, null, null);
    }

    private static string Pack(IEnumerable<(string Name, string Type)> columns) => string.Join(", ", columns.Select(column => $"{DuckDbText.Name(column.Name)} := {DuckDbText.Name(column.Name)}"));

    private static List<(string Name, string Type)> Columns(DuckDbConnection connection, string view)
    {
        using var rows = connection.Query($"select column_name, column_type from (describe {view})");
        var columns = new List<(string Name, string Type)>();
        while (rows.Read())
            columns.Add(((string)rows.Value(0)!, (string)rows.Value(1)!));
        return columns;
    }
}
