namespace Fairlead.Steps.Keys;

/// <summary>One holder at a time for each name; a name costs nothing while nobody holds or awaits it.</summary>
internal sealed class KeyLocks
{
    private readonly Dictionary<string, Gate> gates = new(StringComparer.Ordinal);

    public async Task<IDisposable> AcquireAsync(string name, CancellationToken cancellationToken)
    {
        Gate gate;
        lock (gates)
        {
            if (!gates.TryGetValue(name, out gate!))
                gates.Add(name, gate = new Gate());
            gate.Users++;
        }

        try
        {
            await gate.Semaphore.WaitAsync(cancellationToken);
            return new Holder(this, name, gate);
        }
        catch
        {
            Leave(name, gate);
            throw;
        }
    }

    private void Leave(string name, Gate gate)
    {
        lock (gates)
        {
            if (--gate.Users > 0)
                return;
            gates.Remove(name);
            gate.Semaphore.Dispose();
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class Holder(KeyLocks owner, string name, Gate gate) : IDisposable
    {
        private bool released;

        public void Dispose()
        {
            if (released)
                return;
            released = true;
            gate.Semaphore.Release();
            owner.Leave(name, gate);
        }
    }
}
