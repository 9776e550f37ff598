namespace Fairlead.Serving.Tests;

/// <summary>Holds whoever passes until a test opens it, and tells how many have come.</summary>
internal sealed class Turnstile : IDisposable
{
    private readonly ManualResetEventSlim open = new(false);
    private readonly SemaphoreSlim arrived = new(0);

    public void Pass()
    {
        arrived.Release();
        open.Wait();
    }

    /// <summary>Completes when one more has come.</summary>
    public Task ArrivedAsync() => arrived.WaitAsync(TestContext.Current.CancellationToken);

    public void Open() => open.Set();

    public void Dispose()
    {
        open.Set();
        arrived.Dispose();
    }
}
