using System.Globalization;

namespace Fairlead.Bench.Processes;

/// <summary>Memory that a process shares with no other.</summary>
internal static class PrivateMemory
{
    /// <returns>Kilobytes (1,024 bytes).</returns>
    public static double Of(int process) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
