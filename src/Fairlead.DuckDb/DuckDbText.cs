namespace Fairlead.DuckDb;

/// <summary>Quotes names and values for DuckDB's SQL.</summary>
public static class DuckDbText
{
    /// <summary>An identifier, whatever it holds.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A string, whatever it holds.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>What the engine says of a statement as one sentence without a full stop: not the line with its mark, nor every function that might have been meant.</summary>
    public static string Sentence(string message)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (var tail in new[] { " Candidate functions:", " LINE " })
        {
            var at = line.IndexOf(tail, StringComparison.Ordinal);
            line = at > 0 ? line[..at] : line;
        }

        return line.TrimEnd('.');
    }

    /// <summary>A list of strings.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";
}
