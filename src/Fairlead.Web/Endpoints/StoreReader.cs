using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Problems;

namespace Fairlead.Web.Endpoints;

/// <summary>Measures the store for pages: once for all who ask within a minute, and for as long as a reader may wait.</summary>
internal sealed class StoreReader(IStoreDesk store, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private Task<StoreFacts>? measuring;

    /// <returns>Null while it takes longer than a reader may wait; it goes on, and is there for the next.</returns>
    public async Task<StoreFacts?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Current().WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private Task<StoreFacts> Current()
    {
        lock (gate)
        {
            var isOld = measuring is null || measuring is { IsCompleted: true, IsCompletedSuccessfully: false }
                || (measuring.IsCompletedSuccessfully && time.GetUtcNow() - measuring.Result.At > Freshness);
            // Not for the one who asks alone: others wait for it too.
            return isOld ? measuring = Task.Run(() => MeasureAsync(CancellationToken.None)) : measuring!;
        }
    }

    private async Task<StoreFacts> MeasureAsync(CancellationToken cancellationToken)
    {
        var usage = await store.MeasureAsync(cancellationToken);
        try
        {
            return new StoreFacts(time.GetUtcNow(), usage, await store.CleanAsync(new KeepRules(), isDry: true, cancellationToken), null);
        }
        catch (FairleadException e)
        {
            return new StoreFacts(time.GetUtcNow(), usage, null, e.Message);
        }
    }
}
