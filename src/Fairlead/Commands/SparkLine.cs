namespace Fairlead.Commands;

/// <summary>A histogram of one line.</summary>
internal static class SparkLine
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>A character for each count; a blank for none.</summary>
    public static string Of(IReadOnlyList<long> counts)
    {
        var most = Math.Max(1, counts.DefaultIfEmpty().Max());
        return string.Concat(counts.Select(count => count == 0 ? ' ' : Levels[(int)Math.Min(Levels.Length - 1, count * Levels.Length / most)]));
    }
}
