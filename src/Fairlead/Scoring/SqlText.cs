namespace Fairlead.Scoring;

/// <summary>Quotes names and values for SQL.</summary>
internal static class SqlText
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    public static string Literal(string text) => $"'{text.Replace("'", "''")}'";
}
