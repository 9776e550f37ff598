using System.Collections.Concurrent;

namespace Fairlead.Triggers.Git;

/// <summary>One change of a copy at a time, as several triggers may look at the same repository; and not all repositories at once.</summary>
internal sealed class MirrorGates
{
    private const int Processes = 8;
    private readonly SemaphoreSlim all = new(Processes);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await all.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Holder(all);
    }

    public async Task<IDisposable> EnterAsync(string folder, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd(folder, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Holder(gate);
    }

    private sealed class Holder(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
