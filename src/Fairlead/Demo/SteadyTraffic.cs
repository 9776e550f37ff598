using System.Collections.Concurrent;

namespace Fairlead.Demo;

/// <summary>Keeps requests flowing from a few senders until it is stopped, and counts who answered them.</summary>
internal sealed class SteadyTraffic : IAsyncDisposable
{
    private const int Senders = 4;
    private readonly CancellationTokenSource stop;
    private readonly ConcurrentDictionary<string, int> byServerGroup = new();
    private readonly Task senders;
    private string? firstError;
    private int failed;

    public SteadyTraffic(RequestSender sender, IReadOnlyList<DemoRow> rows, CancellationToken cancellationToken)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = stop.Token;
        senders = Task.WhenAll(Enumerable.Range(0, Senders).Select(start => Task.Run(() => SendAsync(sender, rows, start, token), token)));
    }

    public int Answered => byServerGroup.Values.Sum();

    public int Failed => failed;

    public string? FirstError => firstError;

    public IReadOnlyDictionary<string, int> ByServerGroup => byServerGroup;

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await senders.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task SendAsync(RequestSender sender, IReadOnlyList<DemoRow> rows, int start, CancellationToken cancellationToken)
    {
        for (var i = start; !cancellationToken.IsCancellationRequested; i += Senders)
        {
            // A request that is under way is not cancelled: it must be answered as any other.
            var answer = await sender.SendAsync(rows[i % rows.Count], CancellationToken.None);
            if (answer.Error is null)
                byServerGroup.AddOrUpdate(answer.ServerGroup!, 1, (_, count) => count + 1);
            else if (Interlocked.Increment(ref failed) == 1)
                firstError = answer.Error;
        }
    }
}
