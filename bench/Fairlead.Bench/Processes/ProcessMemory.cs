namespace Fairlead.Bench.Processes;

/// <summary>What the system counts as a process's memory that is not swapped out, pages that it shares included.</summary>
internal static class ProcessMemory
{
    /// <summary>Now.</summary>
    public static double Megabytes(int process) => Read(process, "VmRSS:");

    /// <summary>The most that it ever was.</summary>
    public static double MostMegabytes(int process) => Read(process, "VmHWM:");

    private static double Read(int process, string word)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith(word, StringComparison.Ordinal));
        return long.Parse(line[word.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024 / 1e6;
    }
}
