namespace Fairlead.Inference;

/// <summary>What one thread at a time needs to score, waiting for reuse: about as many as threads run at once, made when they are first needed.</summary>
internal sealed class IdlePool<T>(Func<T> create) : IDisposable
    where T : class, IDisposable
{
    private readonly T?[] idle = new T?[Math.Max(4, Environment.ProcessorCount * 2)];
    private volatile bool disposed;

    public T Rent()
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is not null && Interlocked.Exchange(ref idle[i], null) is { } item)
                return item;
        }

        return create();
    }

    public void Return(T item)
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is null && Interlocked.CompareExchange(ref idle[i], item, null) is null)
            {
                // The pool may have been emptied between the look and the exchange.
                if (disposed)
                    Dispose();
                return;
            }
        }

        item.Dispose();
    }

    public void Dispose()
    {
        disposed = true;
        for (var i = 0; i < idle.Length; i++)
            Interlocked.Exchange(ref idle[i], null)?.Dispose();
    }
}
