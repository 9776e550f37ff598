namespace Fairlead.Bench.Workspaces;

/// <summary>What the host says of itself.</summary>
/// <param name="Answered">Requests since its start.</param>
/// <param name="Captured">Of them, recorded.</param>
/// <param name="CaptureLost">Of them, that could not be recorded.</param>
internal sealed record HostCounters(long Answered, long Captured, long CaptureLost);
