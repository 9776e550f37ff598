using System.Collections.Concurrent;
using System.Net;
using Fairlead.Domain.Instances;
using Fairlead.Serving.Tests.Forwarding;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Instances that are killed under load: only what they had in hand is lost, and it is told so.</summary>
public sealed class KilledInstanceTests
{
    private const int Clients = 8;
    private const int Kills = 3;

    [Fact]
    public async Task Call_InstancesAreKilledUnderLoad_OnlyWhatWasUnderWayIsLostAndOthersTakeOver()
    {
        await using var host = await ForwardHost.StartAsync(instances: 2);
        var statuses = new ConcurrentQueue<HttpStatusCode>();
        var isDone = false;
        var load = Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isDone))
            {
                using var answer = await host.Client.GetAsync("hello", TestContext.Current.CancellationToken);
                statuses.Enqueue(answer.StatusCode);
            }
        })).ToArray();

        for (var kill = 0; kill < Kills; kill++)
        {
            var from = statuses.Count;
            await UntilAsync(() => statuses.Count > from + 100 && host.Pool.Report().Count(report => report.State == InstanceState.Ready) == 2);
            var restarts = Restarts(host);
            await host.KillAsync();
            await UntilAsync(() => Restarts(host) > restarts);
        }

        await UntilAsync(() => host.Pool.Report().Count(report => report.State == InstanceState.Ready) == 2);
        Volatile.Write(ref isDone, true);
        await Task.WhenAll(load);

        var lost = statuses.Where(status => status != HttpStatusCode.OK).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{statuses.Count:N0} answers, {lost.Count} lost");
        Assert.All(lost, status => Assert.True(status is HttpStatusCode.BadGateway, $"{status}"));
        Assert.InRange(lost.Count, 0, Kills * Clients);
        Assert.StartsWith("hello", await host.GetAsync("hello"), StringComparison.Ordinal);
    }

    private static int Restarts(ForwardHost host) => host.Pool.Report().Sum(report => report.Restarts);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
