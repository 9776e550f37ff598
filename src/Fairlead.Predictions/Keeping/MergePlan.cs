using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Keeping;

/// <summary>Decides which files become one; a pure function of what is listed and the time.</summary>
internal static class MergePlan
{
    /// <summary>Files that can be merged in one step.</summary>
    private const int MostFiles = 1000;

    /// <summary>The next files to merge, oldest rows first; empty when everything is well.</summary>
    /// <param name="files">Of one partition and one shape.</param>
    public static IReadOnlyList<CompactedFile> Next(IReadOnlyList<CompactedFile> files, DateOnly day, DateTimeOffset now, MergeOptions options)
    {
        var small = files.Where(file => file.State == CompactedFileState.Listed && file.Bytes < options.HealthyBytes && file.Rows < options.HealthyRows).ToList();
        if (small.Count < 2)
            return [];
        if (IsOver(small, day, now, options))
            return Take(small, options);
        foreach (var size in small.GroupBy(file => SizeOf(file, options)).OrderBy(group => group.Key))
        {
            var taken = Take([.. size], options);
            if (taken.Count >= options.FanIn || (taken.Count > 1 && (taken.Sum(file => file.Bytes) >= options.HealthyBytes || taken.Sum(file => file.Rows) >= options.HealthyRows)))
                return taken;
        }

        return [];
    }

    private static bool IsOver(List<CompactedFile> files, DateOnly day, DateTimeOffset now, MergeOptions options)
    {
        var end = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1);
        return now - end >= options.Rest && files.TrueForAll(file => file.WrittenAt is not { } written || now - written >= options.Rest);
    }

    private static int SizeOf(CompactedFile file, MergeOptions options)
    {
        var size = 0;
        for (var bound = options.SmallestBytes; file.Bytes >= bound; bound *= options.FanIn)
            size++;
        return size;
    }

    /// <summary>As many as make a file that is not too large.</summary>
    private static List<CompactedFile> Take(List<CompactedFile> files, MergeOptions options)
    {
        var (bytes, rows) = (0L, 0L);
        var taken = new List<CompactedFile>();
        foreach (var file in files.OrderBy(file => file.FirstTime).ThenBy(file => file.Path, StringComparer.Ordinal).Take(MostFiles))
        {
            bytes += file.Bytes;
            rows += file.Rows;
            if (bytes > options.MostBytes || rows > options.MostRows)
                break;
            taken.Add(file);
        }

        return taken.Count > 1 ? taken : [];
    }
}
