using System.Text;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Sampling;

/// <summary>Draws rows from files of Parquet, CSV or JSON: the same ones for the same files, number and seed.</summary>
public static class RowFileSample
{
    /// <summary>Answers JSON lines: <c>{"columns": [{"name": …, "type": …}, …]}</c>, then an array for each row. What JSON has no number for (NaN, infinities) is null.</summary>
    /// <param name="paths">Files or folders, told by their content; several are read as one.</param>
    /// <param name="name">What messages call them.</param>
    /// <param name="rows">How many at most.</param>
    /// <param name="seed">Null for the first ones, in their order.</param>
    /// <exception cref="FairleadException">Invalid: one holds no rows, or they cannot be read.</exception>
    public static string Read(IReadOnlyList<string> paths, string name, int rows, int? seed, CancellationToken cancellationToken)
    {
        var readers = paths.Select(path => DuckDbRowFiles.ReaderOf(path) ?? throw FairleadException.Invalid($"'{name}' holds no rows; expected Parquet, CSV or JSON.")).ToList();
        if (readers.Count == 0)
            throw FairleadException.Invalid($"'{name}' holds no rows: it is an empty folder.");
        var source = string.Join(" union all by name ", readers.Select(reader => $"select * from {reader}"));
        try
        {
            // With one thread a sample depends on its seed alone.
            using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1" });
            using var connection = database.Connect();
            connection.Execute("set TimeZone = 'UTC'", cancellationToken);
            var columns = ReadColumns(connection, source, cancellationToken);
            var lines = new StringBuilder(WriteColumns(columns)).Append('\n');
            using var result = connection.Query(
                $"select json_array({string.Join(", ", columns.Select(ValueOf))})::varchar from (select * from ({source}) {(seed is null ? $"limit {rows}" : $"using sample reservoir({rows} rows) repeatable ({seed})")})",
                cancellationToken);
            while (result.Read(cancellationToken))
                lines.Append((string)result.Value(0)!).Append('\n');
            return lines.ToString();
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"The rows of '{name}' cannot be read: {e.Message}");
        }
    }

    private static List<(string Name, string Type)> ReadColumns(DuckDbConnection connection, string source, CancellationToken cancellationToken)
    {
        using var result = connection.Query($"select column_name, column_type from (describe {source})", cancellationToken);
        var columns = new List<(string, string)>();
        while (result.Read(cancellationToken))
            columns.Add(((string)result.Value(0)!, (string)result.Value(1)!));
        return columns;
    }

    private static string ValueOf((string Name, string Type) column)
    {
        var name = DuckDbText.Name(column.Name);
        return column.Type is "FLOAT" or "DOUBLE" ? $"case when isfinite({name}) then {name} end" : name;
    }

    private static string WriteColumns(List<(string Name, string Type)> columns)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("columns");
            foreach (var (name, type) in columns)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("type", type);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
