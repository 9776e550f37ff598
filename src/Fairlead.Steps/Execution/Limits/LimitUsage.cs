namespace Fairlead.Steps.Execution.Limits;

/// <summary>What all processes of a step used together, as their group counted it.</summary>
internal sealed record LimitUsage(double CpuSeconds, long? PeakMemoryBytes);
