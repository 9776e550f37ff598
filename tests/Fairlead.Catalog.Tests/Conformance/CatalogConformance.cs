namespace Fairlead.Catalog.Tests.Conformance;

/// <summary>What every adapter must do, one class per seam. A new adapter is done when it passes them all.</summary>
public abstract class CatalogConformance : IAsyncLifetime
{
    private ICatalogUnderTest? catalog;

    protected ICatalogUnderTest Catalog => catalog!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => catalog = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Catalog.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ICatalogUnderTest> OpenAsync();

    /// <summary>Eight writers, each with a number of calls one after the other.</summary>
    protected static async Task<IReadOnlyList<T>> EightWriters<T>(int calls, Func<int, int, Task<T>> call)
    {
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var results = new List<T>();
            for (var i = 0; i < calls; i++)
                results.Add(await call(writer, i));
            return results;
        }));
        return [.. (await Task.WhenAll(writers)).SelectMany(r => r)];
    }
}
