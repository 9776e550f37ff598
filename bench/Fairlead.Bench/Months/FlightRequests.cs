using System.Globalization;
using System.Text;
using Fairlead.DuckDb;

namespace Fairlead.Bench.Months;

/// <summary>The flights of the example as requests, in the order in which they left: up to a thousand of one day in each, and what became of them.</summary>
internal static class FlightRequests
{
    private const int MostRows = 1000;
    private static readonly (string Name, string Datatype)[] Inputs = [("hour", "INT64"), ("day_of_week", "INT64"), ("distance", "FP32"), ("origin", "BYTES"), ("destination", "BYTES")];

    /// <summary>Writes the flights with the name of their request and their row in it.</summary>
    /// <param name="every">Takes one flight of so many.</param>
    /// <param name="target">Parquet: <c>request_id</c>, <c>row</c>, <c>date</c> (its minute), the five inputs, and <c>late</c>, 0 or 1.</param>
    public static void Write(DuckDbConnection connection, string flights, int every, string target, CancellationToken cancellationToken) =>
        connection.Execute(
            $$"""
            COPY (
              SELECT strftime(date, '%Y-%m-%d') || '/' || (n // {{MostRows}}) AS request_id, (n % {{MostRows}})::INTEGER AS "row", date, hour, day_of_week, distance, origin, destination, late
              FROM (
                SELECT date, hour(date) AS hour, isodow(date) AS day_of_week, distance::FLOAT AS distance, origin, destination, (delay >= 15)::INTEGER AS late,
                  row_number() OVER (PARTITION BY date::DATE ORDER BY date, origin, destination, distance, delay) - 1 AS n
                FROM (SELECT *, row_number() OVER (ORDER BY date, origin, destination, distance, delay) AS i FROM {{DuckDbText.Literal(flights)}}) WHERE i % {{every}} = 0)
              ORDER BY date::DATE, n
            ) TO {{DuckDbText.Literal(target)}} (FORMAT parquet)
            """,
            cancellationToken);

    /// <summary>Bodies of <c>infer</c>.</summary>
    public static IEnumerable<(byte[] Body, int Rows)> Read(DuckDbConnection connection, string written, CancellationToken cancellationToken)
    {
        using var result = connection.Query($"SELECT request_id, {string.Join(", ", Inputs.Select(input => input.Name))} FROM {DuckDbText.Literal(written)}", cancellationToken);
        var columns = Inputs.Select(_ => new StringBuilder()).ToArray();
        var (name, rows) = ("", 0);
        while (result.Read(cancellationToken))
        {
            var next = (string)result.Value(0)!;
            if (next != name && rows > 0)
            {
                yield return (Body(name, rows, columns), rows);
                rows = 0;
            }

            name = next;
            for (var column = 0; column < columns.Length; column++)
                Append(columns[column], rows, result.Value(column + 1)!);
            rows++;
        }

        if (rows > 0)
            yield return (Body(name, rows, columns), rows);
    }

    private static void Append(StringBuilder column, int row, object value)
    {
        if (row == 0)
            column.Clear();
        else
            column.Append(',');
        _ = value is string text ? column.Append('"').Append(text).Append('"') : column.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private static byte[] Body(string name, int rows, StringBuilder[] columns)
    {
        var inputs = Inputs.Select((input, column) => $$"""{"name":"{{input.Name}}","shape":[{{rows}},1],"datatype":"{{input.Datatype}}","data":[{{columns[column]}}]}""");
        return Encoding.UTF8.GetBytes($$"""{"id":"{{name}}","inputs":[{{string.Join(',', inputs)}}]}""");
    }
}
