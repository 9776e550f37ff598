namespace Fairlead.Bench.Results;

/// <summary>The document of results: what stands between two marks is replaced.</summary>
internal static class ResultDocument
{
    private const string Start = "<!-- results: written by bench/run --record -->\n";
    private const string End = "<!-- end of results -->";

    public static void Replace(string path, string table)
    {
        var text = File.ReadAllText(path);
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start)
            throw new BenchException($"'{path}' lacks the marks between which results are written; restore the lines '{Start.Trim()}' and '{End}'.");
        File.WriteAllText(path, text[..(start + Start.Length)] + table + text[end..]);
    }
}
