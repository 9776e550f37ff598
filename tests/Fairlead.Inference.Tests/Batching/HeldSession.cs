using System.Collections.Concurrent;
using Fairlead.Domain.Models;

namespace Fairlead.Inference.Tests.Batching;

/// <summary>A real session whose runs last 1 ms of the test's clock, and that can be held up in the middle.</summary>
internal sealed class HeldSession(IModelSession session, ManualTime time) : IModelSession
{
    private readonly SemaphoreSlim entered = new(0);
    private readonly SemaphoreSlim released = new(0);
    private volatile bool isHeld;

    public ConcurrentQueue<int> Runs { get; } = new();

    public Signature Signature => session.Signature;

    public SignatureCodec Codec => session.Codec;

    public void Hold() => isHeld = true;

    /// <summary>Until a run is held.</summary>
    public Task EnteredAsync() => entered.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets one held run go on.</summary>
    public void Release() => released.Release();

    /// <summary>Holds no further run, and lets those go that are held.</summary>
    public void ReleaseAll()
    {
        isHeld = false;
        released.Release(100);
    }

    public void Run(InferRequest request, InferAnswer answer)
    {
        Runs.Enqueue(request.Rows);
        if (isHeld)
        {
            entered.Release();
            released.Wait();
        }

        time.Advance(TimeSpan.FromMilliseconds(1));
        session.Run(request, answer);
    }

    public void Dispose()
    {
        session.Dispose();
        entered.Dispose();
        released.Dispose();
    }
}
