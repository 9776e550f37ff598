namespace Fairlead.Bench.Processes;

/// <summary>Processor time that a process and its threads have taken, in the program and in the kernel for it.</summary>
internal static class ProcessorTime
{
    private const int TicksPerSecond = 100;

    public static TimeSpan Of(int process)
    {
        // The name, in parentheses, may hold spaces: what follows it is counted from its end.
        var text = File.ReadAllText($"/proc/{process}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((double)(long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond);
    }
}
