using System.Globalization;

namespace Fairlead.Predictions.Tests.Query.Workers;

/// <summary>What the system says of processes.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes that a process has resident, 0 when there is none.</summary>
    public static long Resident(int process) => Read(process, "statm") is { } text ? long.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

    /// <summary>Whether it computes or waits: neither gone nor a zombie.</summary>
    public static bool IsAlive(int process) => Read(process, "stat") is { } text && text[(text.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');

    public static string? Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
