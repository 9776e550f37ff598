using System.Text.Json;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints the answer to a query: its first line names the columns, each further line is a row.</summary>
internal static class QueryPrinter
{
    /// <summary>An array of objects, one a row, written as the rows come.</summary>
    public static async Task PrintJsonAsync(IAsyncEnumerable<JsonElement> lines, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
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
        Table? table = null;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (table is null)
            {
                table = new Table { Border = TableBorder.Simple };
                foreach (var column in ColumnsOf(line))
                    table.AddColumn(new TableColumn(new Text(column)));
            }
            else
            {
                table.AddRow(line.EnumerateArray().Select(value => new Text(Describe(value))));
            }
        }

        if (table is null)
            return;
        console.Write(table);
        console.MarkupLineInterpolated($"[grey]{table.Rows.Count} {(table.Rows.Count == 1 ? "row" : "rows")}[/]");
    }

    private static List<string> ColumnsOf(JsonElement line) =>
        line.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToList();

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
