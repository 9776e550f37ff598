using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Inputs;

/// <summary>Rows that requests are made of.</summary>
/// <param name="Columns">Names, in the order of a row's values.</param>
/// <param name="Rows">Each a JSON array with a value for each column.</param>
public sealed record LoadRows(IReadOnlyList<string> Columns, IReadOnlyList<JsonElement> Rows)
{
    /// <summary>Reads JSON lines: first <c>{"columns": [{"name": …}, …]}</c>, then an array for each row; <c>{"kind": "error", …}</c> ends them.</summary>
    /// <exception cref="FairleadException">Invalid: these are no such lines; or the error that the last line tells.</exception>
    public static LoadRows Parse(string lines)
    {
        List<string>? columns = null;
        var rows = new List<JsonElement>();
        try
        {
            foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                if (root.ValueKind == JsonValueKind.Array && columns is not null && root.GetArrayLength() == columns.Count)
                    rows.Add(root.Clone());
                else if (root.ValueKind != JsonValueKind.Object)
                    throw FairleadException.Invalid($"'{Shorten(line)}' is no row of the columns before it; expected an array with a value for each.");
                else if (root.TryGetProperty("error", out var error))
                    throw FairleadException.Failed(error.ToString());
                else
                    columns = [.. root.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString() ?? "")];
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw FairleadException.Invalid($"The rows cannot be read: {e.Message}");
        }

        return new LoadRows(columns ?? throw FairleadException.Invalid("The rows cannot be read: there are no columns."), rows);
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
