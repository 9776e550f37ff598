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

    /// <summary>Where a row has the value of a column, whose name may differ in case.</summary>
    /// <param name="what">What it is wanted for.</param>
    /// <exception cref="FairleadException">Invalid: there is no such column.</exception>
    internal int IndexOf(string name, string what)
    {
        var exact = Columns.ToList().IndexOf(name);
        var index = exact >= 0 ? exact : Columns.ToList().FindIndex(column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? index
            : throw FairleadException.Invalid($"The data has no column '{name}' for {what}; it has {(Columns.Count == 0 ? "none" : string.Join(", ", Columns))}.");
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
