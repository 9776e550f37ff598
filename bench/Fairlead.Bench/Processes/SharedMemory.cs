using System.Globalization;

namespace Fairlead.Bench.Processes;

/// <summary>Memory of processes that run the same program: what the system counts for each holds the pages of that program's files, which are there once.</summary>
internal static class SharedMemory
{
    /// <returns>Megabytes: what each has alone, and of each file that they share the pages of the one that has most of it.</returns>
    public static double Together(params IReadOnlyList<int> processes)
    {
        var own = 0L;
        var files = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var process in processes)
        {
            foreach (var (file, kilobytes) in SharedBy(process, ref own))
                files[file] = Math.Max(files.GetValueOrDefault(file), kilobytes);
        }

        return (own + files.Values.Sum()) * 1024 / 1e6;
    }

    private static Dictionary<string, long> SharedBy(int process, ref long own)
    {
        var shared = new Dictionary<string, long>(StringComparer.Ordinal);
        var file = "";
        foreach (var line in File.ReadLines($"/proc/{process}/smaps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
                file = words.Length > 5 ? words[5] : "";
            else if (words[0].StartsWith("Private_", StringComparison.Ordinal))
                own += Kilobytes(words);
            else if (words[0] is "Shared_Clean:" or "Shared_Dirty:")
                shared[file] = shared.GetValueOrDefault(file) + Kilobytes(words);
        }

        return shared;
    }

    private static long Kilobytes(string[] words) => long.Parse(words[1], CultureInfo.InvariantCulture);
}
