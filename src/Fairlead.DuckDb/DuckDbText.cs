namespace Fairlead.DuckDb;

/// <summary>Quotes names and values for DuckDB's SQL.</summary>
public static class DuckDbText
{
    /// <summary>An identifier, whatever it holds.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A string, whatever it holds.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list of strings.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";
}
