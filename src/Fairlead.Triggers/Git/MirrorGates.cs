using System.Collections.Concurrent;

namespace Fairlead.Triggers.Git;

/// <summary>One change of a copy at a time: several triggers may look at the same repository.</summary>
internal sealed class MirrorGates
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

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
