using System.Globalization;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Tests.Compaction;

/// <summary>Whether the thread that compacts gives way, as the kernel tells it.</summary>
[Collection(AloneCollection.Name)]
public sealed class CompactionPriorityTests : IDisposable
{
    private readonly Workbench bench = new();
    private readonly List<int> seen = [];

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Background_AFewSegments_GivesWay()
    {
        Seal(3);
        Watch();
        Assert.Equal(3, (await bench.Compactor.RunInBackgroundAsync(TestContext.Current.CancellationToken)).Segments);
        Assert.Equal([CompactionThread.Niceness, CompactionThread.Niceness, CompactionThread.Niceness], seen);
    }

    [Fact]
    public async Task Background_TooFarBehind_CatchesUpFirst()
    {
        Seal(LogCompactor.MostBehind + 2);
        Watch();
        Assert.Equal(LogCompactor.MostBehind + 2, (await bench.Compactor.RunInBackgroundAsync(TestContext.Current.CancellationToken)).Segments);
        Assert.Equal([Niceness(), Niceness(), .. Enumerable.Repeat(CompactionThread.Niceness, LogCompactor.MostBehind)], seen);
    }

    [Fact]
    public async Task Background_SomebodyBeginsToWait_GivesWayNoLonger()
    {
        Seal(3);
        Task? waiting = null;
        Watch(() => waiting ??= bench.Compactor.RunOnceAsync(CancellationToken.None));
        await bench.Compactor.RunInBackgroundAsync(TestContext.Current.CancellationToken);
        await waiting!;
        Assert.Equal([CompactionThread.Niceness, Niceness(), Niceness()], seen);

        // Nobody waits any more.
        Seal(1);
        await bench.Compactor.RunInBackgroundAsync(TestContext.Current.CancellationToken);
        Assert.Equal(CompactionThread.Niceness, seen[^1]);
    }

    [Fact]
    public async Task RunOnce_IsWaitedFor_GivesNoWay()
    {
        Seal(2);
        Watch();
        await bench.Compactor.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Equal([Niceness(), Niceness()], seen);
    }

    [Fact]
    public async Task Background_AsLongAsThereIsSomethingToDo_IsOneThread()
    {
        var threads = new List<string>();
        Watch(() => threads.Add(File.ReadAllText("/proc/thread-self/stat").Split(' ')[0]));
        foreach (var segments in new[] { 2, 1 })
        {
            Seal(segments);
            await bench.Compactor.RunInBackgroundAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, threads.Count);
        Assert.Single(threads.Distinct());
    }

    [Fact]
    public async Task Background_TheDatabase_AddsNoThreadOfItsOwn()
    {
        for (var i = 0; i < 5_000; i++)
            bench.AppendFlight(Workbench.Flights(), $"airport {i}", i, 0.5f, Workbench.Noon + i);
        bench.Seal();
        string[] names = [];
        bench.Compactor.Reached = point => names = point == CompactionPoint.Written ? [.. Directory.EnumerateDirectories("/proc/self/task").Select(NameOf)] : names;
        await bench.Compactor.RunInBackgroundAsync(TestContext.Current.CancellationToken);

        // What native code starts inherits the name of the thread that starts it.
        Assert.Single(names, "compaction");
    }

    private void Seal(int segments)
    {
        for (var segment = 0; segment < segments; segment++)
        {
            bench.AppendFlight(Workbench.Flights(), "SFO", segment, 0.5f);
            bench.Seal();
        }
    }

    private void Watch(Action? also = null) => bench.Compactor.Reached = point =>
    {
        if (point != CompactionPoint.Read)
            return;
        seen.Add(Niceness());
        also?.Invoke();
    };

    /// <summary>Of the thread that asks: the 19th number, the 17th behind the name, which may hold anything.</summary>
    private static int Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
