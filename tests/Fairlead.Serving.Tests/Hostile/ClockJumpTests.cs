using System.Net;
using Fairlead.Domain.Services;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Somebody sets the clock while requests are answered.</summary>
public sealed class ClockJumpTests
{
    private const int TimeDigits = 13;

    [Fact]
    public async Task Infer_ClockJumpsBackAndForth_IdsRiseAndNothingIsOverdueOrTookLessThanNothing()
    {
        var time = new JumpingTime();
        await using var host = await TestHost.StartAsync(time: time);
        var group = await host.GroupAsync(TestHost.Adder, 1);
        await host.ApplyAsync(1, group with { Service = group.Service with { Limits = new ServingLimits { Deadline = TimeSpan.FromMinutes(2) } } });
        TimeSpan[] jumps = [TimeSpan.Zero, -TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(10), -TimeSpan.FromDays(3650), TimeSpan.FromDays(11), TimeSpan.Zero];

        foreach (var jump in jumps)
        {
            time.Offset = jump;
            for (var n = 0; n < 20; n++)
            {
                using var answer = await host.InferAsync(n, 2);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }

        var records = host.Log.Records.ToList();
        Assert.Equal(jumps.Length * 20, records.Count);
        Assert.Equal(records.Count, records.Select(record => record.Id).Distinct().Count());
        Assert.All(records, record => Assert.InRange(record.LatencyMicroseconds, 0, 120_000_000));
        Assert.All(records.Zip(records.Skip(1)), pair =>
        {
            Assert.True(pair.First.TimeMicroseconds <= pair.Second.TimeMicroseconds, "The time of a prediction went back.");
            Assert.True(string.CompareOrdinal(pair.First.Id.ToString()[..TimeDigits], pair.Second.Id.ToString()[..TimeDigits]) <= 0, "The time in an id went back.");
        });
    }

    [Fact]
    public async Task Infer_ClockJumpsUnderLoad_EveryRequestIsAnsweredWithAnIdOfItsOwn()
    {
        var time = new JumpingTime();
        await using var host = await TestHost.StartAsync(time: time);
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1));
        var isDone = false;
        var jumping = Task.Run(async () =>
        {
            var random = new Random(11);
            while (!Volatile.Read(ref isDone))
            {
                time.Offset = TimeSpan.FromSeconds(random.Next(-1_000_000, 1_000_000));
                await Task.Yield();
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 200; n++)
            {
                using var answer = await host.InferAsync(client, n);
                Assert.Equal(client + n, TestHost.ValueOf(await TestHost.JsonAsync(answer)));
            }
        })));
        Volatile.Write(ref isDone, true);
        await jumping;

        Assert.Equal(800, host.Log.Records.Select(record => record.Id).Distinct().Count());
        Assert.All(host.Log.Records, record => Assert.InRange(record.LatencyMicroseconds, 0, 120_000_000));
    }
}
