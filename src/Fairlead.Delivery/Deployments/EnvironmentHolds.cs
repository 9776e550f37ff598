using System.Collections.Concurrent;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Deployments;

/// <summary>One deployment, rollback or shift of traffic at a time in each environment; a second one is told so instead of waiting.</summary>
internal sealed class EnvironmentHolds
{
    private readonly ConcurrentDictionary<string, string> held = new(StringComparer.Ordinal);

    /// <param name="what">Such as "A deployment to".</param>
    public IDisposable Take(string environment, string what)
    {
        if (held.TryAdd(environment, what))
            return new Hold(this, environment);
        throw FairleadException.Conflict(
            $"{held.GetValueOrDefault(environment, what)} '{environment}' is under way: wait until it has ended and try again.");
    }

    private sealed class Hold(EnvironmentHolds holds, string environment) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
                holds.held.TryRemove(environment, out _);
        }
    }
}
