namespace Fairlead.Steps.Execution;

/// <summary>How a process ended and what it and the children that it waited for used.</summary>
/// <param name="Code">Exit code; 128 and the signal's number when a signal ended it.</param>
/// <param name="Signal">The signal that ended it, or null.</param>
/// <param name="CpuSeconds">Null when nobody tells.</param>
/// <param name="PeakMemoryBytes">Largest resident size of one of them; null when it was below this process's own, since the system then tells nothing.</param>
internal sealed record ProcessExit(int Code, int? Signal, double? CpuSeconds, long? PeakMemoryBytes);
