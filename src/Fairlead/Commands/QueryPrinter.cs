using System.Text.Json;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints the answer to a query: its first line names the columns, each further line is a row.</summary>
internal static class QueryPrinter
{
    /// <summary>An array of objects, one a row, written as the rows come.</summary>
    public static async Task PrintJsonAsync(Stream output, IAsyncEnumerable<JsonElement> lines, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        List<string>? columns = null;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (columns is null)
            {
                columns = ColumnsOf(line);
                // Not before: a query that is refused leaves standard output empty.
                writer.WriteStartArray();
                continue;
            }

            writer.WriteStartObject();
            for (var i = 0; i < columns.Count; i++)
            {
                writer.WritePropertyName(columns[i]);
                line[i].WriteTo(writer);
            }

            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken);
        }

        if (columns is null)
            writer.WriteStartArray();
        writer.WriteEndArray();
        await writer.FlushAsync(cancellationToken);
        output.WriteByte((byte)'\n');
    }

    public static async Task PrintTableAsync(IAnsiConsole console, IAsyncEnumerable<JsonElement> lines, CancellationToken cancellationToken)
    {
        QueryTable? table = null;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (table is null)
                table = new QueryTable([.. line.GetProperty("columns").EnumerateArray().Select(column => (column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!))], console.Profile.Width);
            else
                table.Add(line);
        }

        if (table is null)
            return;
        console.Write(table.Render());
        console.MarkupLineInterpolated($"[grey]{table.Rows} {(table.Rows == 1 ? "row" : "rows")}[/]");
    }

    private static List<string> ColumnsOf(JsonElement line) =>
        line.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToList();
}
