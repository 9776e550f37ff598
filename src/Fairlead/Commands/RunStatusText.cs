using Fairlead.Domain.Runs;

namespace Fairlead.Commands;

/// <summary>What people read of a run's status.</summary>
internal static class RunStatusText
{
    public static string Of(RunStatus status) => status == RunStatus.TimedOut ? "timed out" : status.ToString().ToLowerInvariant();
}
