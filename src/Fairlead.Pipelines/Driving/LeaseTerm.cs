using Fairlead.Domain.Problems;

namespace Fairlead.Pipelines.Driving;

/// <summary>
/// Until when an execution is surely leased to this process. A process may stand still between recording what it is about to do and doing it, for longer than
/// its lease: another one has done it then. So nothing begins on a lease that is nearly over, by the clock or by the time that passed: it is prolonged first.
/// </summary>
/// <param name="length">Of a lease.</param>
/// <param name="askedAt">When the lease was asked for, as a timestamp: before the catalog answered.</param>
/// <param name="prolong">Prolongs it, unless somebody else has it: then its activities are cancelled.</param>
internal sealed class LeaseTerm(TimeSpan length, long askedAt, Func<LeaseTerm, CancellationToken, Task> prolong, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Less than the whole, since what begins takes a moment to reach the world.</summary>
    private readonly TimeSpan sure = length * 0.75;
    private readonly Lock gate = new();
    private long since = askedAt;
    private DateTimeOffset until = time.GetUtcNow() + (length * 0.75);

    public bool IsSure
    {
        get
        {
            lock (gate)
                return time.GetElapsedTime(since) < sure && time.GetUtcNow() < until;
        }
    }

    /// <param name="at">When it was asked for, as a timestamp.</param>
    public void Prolong(long at)
    {
        lock (gate)
        {
            since = at;
            until = time.GetUtcNow() + sure - time.GetElapsedTime(at);
        }
    }

    /// <summary>Completes when the lease is sure, at once as a rule.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        while (!IsSure)
        {
            try
            {
                await prolong(this, cancellationToken).ConfigureAwait(false);
            }
            catch (FairleadException e) when (e.Kind is ProblemKind.Unavailable or ProblemKind.Busy or ProblemKind.Exhausted)
            {
                // The catalog cannot be written now: neither can anybody else take the lease.
            }

            if (!IsSure)
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
