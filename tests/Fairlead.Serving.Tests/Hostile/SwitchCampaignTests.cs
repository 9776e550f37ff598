using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Desired states follow one another while clients of every kind call: none notices, but for who answers.</summary>
public sealed class SwitchCampaignTests
{
    private const int Seed = 31;
    private const int Models = 3;
    private const int Commands = 2;

    [Fact]
    public async Task Apply_ManySwitchesUnderLoadOfEveryKind_NoRequestFailsAndEachIsAnsweredByWhomTheRecordNames()
    {
        var switches = Campaign.Rounds(100, 1_000);
        var platform = new InProcessPlatform();
        await using (var host = await TestHost.StartAsync(platform: platform))
        {
            var groups = await GroupsAsync(host);
            var history = new SwitchHistory();
            await history.ApplyAsync(host, [.. groups]);
            using var load = new SwitchLoad(host, history);
            var clients = load.Start();

            var random = new Random(Seed);
            for (var n = 0; n < switches; n++)
            {
                await history.ApplyAsync(host, Next(groups, random));
                await load.AnsweredAsync(n);
            }

            load.Stop();
            await clients;
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{switches:N0} switches, {load.Answers.Count:N0} answers"));
            await AssertRecordedAsync(host, load.Answers);
            Assert.Equal(host.Server.Sessions.Count, host.Runtime.Alive);
        }

        Assert.Equal(0, platform.Alive);
    }

    /// <summary>Some of the groups, at least one of each service with traffic; what is left out ends, and begins anew later.</summary>
    private static DesiredServerGroup[] Next(IReadOnlyList<DesiredServerGroup> groups, Random random)
    {
        var next = new List<DesiredServerGroup>();
        foreach (var service in groups.GroupBy(group => group.Name.Service))
        {
            var all = service.ToList();
            var sure = random.Next(all.Count);
            foreach (var (i, group) in all.Index())
            {
                if (i == sure)
                    next.Add(group with { Weight = new Weight(random.Next(1, Weight.Whole)) });
                else if (random.Next(3) > 0)
                    next.Add(group with { Weight = new Weight(random.Next(2) * random.Next(Weight.Whole)) });
            }
        }

        return [.. next];
    }

    private static async Task<List<DesiredServerGroup>> GroupsAsync(TestHost host)
    {
        var groups = new List<DesiredServerGroup>();
        for (var n = 1; n <= Models; n++)
            groups.Add(await host.GroupAsync(ShiftedModels.Of(n), n, weight: Weight.Whole / Models));
        var code = groups[0].Service.Model!.Artifact;
        for (var n = 1; n <= Commands; n++)
            groups.Add(Command(n, code));
        return groups;
    }

    private static DesiredServerGroup Command(int number, ArtifactRef code) => new()
    {
        Name = new ServerGroupName("echo", "prod", number),
        Release = new ReleaseName(number),
        Configuration = Digest.Of("{}"u8),
        Weight = new Weight(Weight.Whole / Commands),
        Service = new ReleasedService
        {
            Name = "echo",
            Command = new ReleasedCommand { Command = $"echo {number}", Code = code, Protocol = ServiceProtocol.Http, Health = new HealthCheck { Interval = TimeSpan.FromMilliseconds(50) } },
        },
    };

    private static async Task AssertRecordedAsync(TestHost host, ConcurrentDictionary<string, string> answers)
    {
        // A call is recorded when its last byte is on the way, which its client may see first.
        while (host.Log.Records.Count < answers.Count)
            await Task.Yield();
        Assert.Equal(answers.Count, host.Log.Records.Count);
        Assert.True(answers.Values.Distinct().Count() == Models + Commands, "The load did not meet every group.");
        foreach (var record in host.Log.Records)
        {
            Assert.Equal((int)HttpStatusCode.OK, record.Status);
            Assert.Equal(answers[record.Id.ToString()], record.Context.ServerGroup.ToString());
            if (record.Context.ServerGroup.Service == "score")
                Assert.Equal(record.Context.ServerGroup.Number, (int)record.FirstOutput()[0] / ShiftedModels.Step);
            else
                Assert.Equal(answers[record.Id.ToString()], Forwarding.CallTensors.Of(record.Outputs)[^1]);
        }
    }
}
