namespace Fairlead.Bench.Processes;

/// <summary>What the system counts as a process's memory that is not swapped out, pages that it shares included.</summary>
internal static class ResidentMemory
{
    private const string Now = "VmRSS:";

    public static double Megabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith(Now, StringComparison.Ordinal));
        return long.Parse(line[Now.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024 / 1e6;
    }
}
