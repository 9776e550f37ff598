using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Replay.Scoring;

/// <summary>How long a call may take, and what is said of one that was not answered.</summary>
internal static class CallLimits
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);

    /// <summary>A connection breaks a moment before it is known that its process ended.</summary>
    private static readonly TimeSpan EndIsKnown = TimeSpan.FromSeconds(1);

    public static TimeSpan DeadlineOf(ReleasedService service) => service.Limits.Deadline ?? DefaultDeadline;

    public static FairleadException Late(ReleasedService service) => FairleadException.Failed($"The command of '{service.Name}' did not answer in time.");

    /// <summary>Of a call that was cut off: the row's matter, unless the instance is gone, when no further row can be scored.</summary>
    public static async Task<FairleadException> BrokenAsync(ReleasedService service, IInstance instance, TimeProvider time, Exception cause)
    {
        using var patience = new CancellationTokenSource(EndIsKnown, time);
        try
        {
            var how = await instance.Ended.WaitAsync(patience.Token).ConfigureAwait(false);
            return FairleadException.Unavailable($"The command of '{service.Name}' ended: {how}", cause);
        }
        catch (OperationCanceledException)
        {
            return FairleadException.Failed($"The command of '{service.Name}' broke the connection.");
        }
    }
}
