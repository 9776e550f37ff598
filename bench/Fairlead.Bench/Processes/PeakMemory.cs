namespace Fairlead.Bench.Processes;

/// <summary>The most that a process ever had of what the system counts as its memory.</summary>
internal static class PeakMemory
{
    private const string Most = "VmHWM:";

    public static double Megabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith(Most, StringComparison.Ordinal));
        return long.Parse(line[Most.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024 / 1e6;
    }
}
