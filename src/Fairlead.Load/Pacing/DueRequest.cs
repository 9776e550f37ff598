namespace Fairlead.Load.Pacing;

/// <summary>One request of the schedule.</summary>
/// <param name="DueAt">Nanoseconds from the begin of the run at which the profile wants it sent: what its latency counts from.</param>
/// <param name="Number">From 0.</param>
internal readonly record struct DueRequest(long DueAt, long Number);
