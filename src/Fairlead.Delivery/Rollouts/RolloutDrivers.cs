namespace Fairlead.Delivery.Rollouts;

/// <summary>The drivers of the rollouts that are under way, one at most for each environment.</summary>
internal sealed class RolloutDrivers
{
    private readonly Lock sync = new();
    private readonly Dictionary<int, RolloutDriver> byNumber = [];

    public RolloutDriver? Find(int number)
    {
        lock (sync)
            return byNumber.GetValueOrDefault(number);
    }

    /// <summary>The newest of the environment.</summary>
    public RolloutDriver? Of(string environment)
    {
        lock (sync)
            return byNumber.Values.Where(driver => driver.Current.Environment == environment).MaxBy(driver => driver.Current.Number);
    }

    /// <summary>Starts it; it leaves when its rollout has ended.</summary>
    public void Add(RolloutDriver driver, CancellationToken stopping)
    {
        lock (sync)
        {
            byNumber.Add(driver.Current.Number, driver);
            driver.Start(stopping);
        }

        _ = driver.Completion.ContinueWith(_ => Remove(driver), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Waits until all have stopped.</summary>
    public async Task StopAsync()
    {
        List<RolloutDriver> all;
        lock (sync)
            all = [.. byNumber.Values];
        await Task.WhenAll(all.Select(driver => driver.Completion)).ConfigureAwait(false);
    }

    private void Remove(RolloutDriver driver)
    {
        lock (sync)
        {
            // One that could not go on stays, so that nothing else begins in its environment.
            if (driver.Current.IsEnded)
                byNumber.Remove(driver.Current.Number);
        }
    }
}
