using Fairlead.OnnxRuntime;

namespace Fairlead.Inference.Onnx;

/// <summary>Calls of one session that wait for reuse: about as many as threads run at once, made when they are first needed.</summary>
internal sealed class CallPool(OnnxSession session) : IDisposable
{
    private readonly OnnxCall?[] idle = new OnnxCall?[Math.Max(4, Environment.ProcessorCount * 2)];
    private volatile bool disposed;

    public OnnxCall Rent()
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is not null && Interlocked.Exchange(ref idle[i], null) is { } call)
                return call;
        }

        return session.CreateCall();
    }

    public void Return(OnnxCall call)
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (idle[i] is null && Interlocked.CompareExchange(ref idle[i], call, null) is null)
            {
                // The pool may have been emptied between the look and the exchange.
                if (disposed)
                    Dispose();
                return;
            }
        }

        call.Dispose();
    }

    public void Dispose()
    {
        disposed = true;
        for (var i = 0; i < idle.Length; i++)
            Interlocked.Exchange(ref idle[i], null)?.Dispose();
    }
}
