using System.Collections.Concurrent;
using System.Net;

namespace Fairlead.Serving.Tests.Routing;

public sealed class SwitchTests
{
    private const int Switches = 1000;

    [Fact]
    public async Task Apply_ThousandSwitchesUnderLoad_NoRequestFailsAndEachIsCapturedWithItsGroup()
    {
        await using var host = await TestHost.StartAsync();
        var adder = await host.GroupAsync(TestHost.Adder, 1);
        var subtractor = await host.GroupAsync(TestHost.Subtractor, 2);
        await host.ApplyAsync(1, adder);
        var answers = new ConcurrentDictionary<string, (string Group, float Value)>();
        var isDone = false;
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isDone))
            {
                using var response = await host.InferAsync(5, 2);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                var value = TestHost.ValueOf(await TestHost.JsonAsync(response));
                Assert.True(answers.TryAdd(response.Headers.GetValues("fairlead-prediction").Single(), (response.Headers.GetValues("fairlead-server-group").Single(), value)));
            }
        })).ToArray();

        // Every other switch drops the other group altogether, so that its model is let go under load and loaded again.
        for (var n = 2; n <= Switches + 1; n++)
            Assert.Equal(n, (await host.ApplyAsync(n, n % 2 == 0 ? [subtractor] : n % 3 == 0 ? [adder] : [adder, subtractor with { Weight = default }])).AppliedVersion);
        Volatile.Write(ref isDone, true);
        await Task.WhenAll(load);

        Assert.Equal(answers.Count, host.Log.Records.Count);
        Assert.True(answers.Values.Select(answer => answer.Group).Distinct().Count() == 2, "The load met one group only.");
        foreach (var record in host.Log.Records)
        {
            var (group, value) = answers[record.Id.ToString()];
            Assert.Equal(group, record.Context.ServerGroup.ToString());
            Assert.Equal(group == "score-prod-v001" ? 7 : 3, value);
            Assert.Equal([value], record.FirstOutput());
        }

        Assert.Equal(host.Server.Sessions.Count, host.Runtime.Alive);
        Assert.InRange(host.Runtime.Alive, 1, 2);
        Assert.InRange(host.Runtime.Loaded, 10, Switches + 2);
    }
}
