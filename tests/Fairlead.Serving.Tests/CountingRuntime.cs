using Fairlead.Domain.Models;
using Fairlead.Inference;

namespace Fairlead.Serving.Tests;

/// <summary>The real engine, counting what it loads and lets go.</summary>
internal sealed class CountingRuntime : IModelRuntime, IModelInspector, IDisposable
{
    private readonly OnnxModelRuntime engine = new();
    private int loaded;
    private int disposed;

    public int Loaded => Volatile.Read(ref loaded);

    public int Alive => Volatile.Read(ref loaded) - Volatile.Read(ref disposed);

    /// <summary>Called on the thread that loads a model, with its name, before it does.</summary>
    public Action<string> Loading { get; set; } = _ => { };

    /// <summary>Called on the thread that scores, before it does.</summary>
    public Action Running { get; set; } = () => { };

    public IModelSession Load(string path, string name)
    {
        Loading(name);
        var session = engine.Load(path, name);
        Interlocked.Increment(ref loaded);
        return new CountedSession(this, session);
    }

    public Signature Inspect(string path, string name) => engine.Inspect(path, name);

    public void Dispose() => engine.Dispose();

    private sealed class CountedSession(CountingRuntime runtime, IModelSession session) : IModelSession
    {
        private bool isDisposed;

        public Signature Signature => session.Signature;

        public SignatureCodec Codec => session.Codec;

        public long MemoryBytes => session.MemoryBytes;

        public void Run(InferRequest request, InferAnswer answer)
        {
            runtime.Running();
            session.Run(request, answer);
        }

        public void Dispose()
        {
            Assert.False(Interlocked.Exchange(ref isDisposed, true), "A session was disposed twice.");
            session.Dispose();
            Interlocked.Increment(ref runtime.disposed);
        }
    }
}
