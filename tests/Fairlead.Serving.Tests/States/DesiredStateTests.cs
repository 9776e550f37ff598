using System.Net;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Serving.Tests.States;

public sealed class DesiredStateTests
{
    [Fact]
    public async Task Apply_AlteredBlob_IsRefusedAndTheStateBeforeStays()
    {
        await using var host = await TestHost.StartServingAsync();
        var next = await host.GroupAsync(TestHost.Subtractor, 2);
        Alter(host.PathOf(next));

        var report = await host.ApplyAsync(2, next);

        Assert.Equal(1, report.AppliedVersion);
        Assert.Equal(2, report.RefusedVersion);
        var failure = Assert.Single(report.Failures);
        Assert.Equal("score-prod-v002", failure.ServerGroup.ToString());
        Assert.Contains("'score@2' was altered on disk", failure.Message, StringComparison.Ordinal);
        using var response = await host.InferAsync(5, 2);
        Assert.Equal(7, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        Assert.Equal(1, host.Runtime.Alive);
    }

    [Fact]
    public async Task Apply_SeveralFaults_AreAllReported()
    {
        await using var host = await TestHost.StartServingAsync();
        var good = await host.GroupAsync(TestHost.Adder, 1);
        var garbage = TestHost.With(good, await PutAsync(host, "no model"u8.ToArray())) with { Name = new("score", "prod", 2) };
        var missing = TestHost.With(good, good.Service.Model!.Artifact with { Digest = Digest.Of("gone"u8) }) with { Name = new("score", "prod", 3) };
        var other = good with { Name = new("score", "prod", 4), Service = good.Service with { Model = good.Service.Model with { Signature = new Signature([], []) } } };

        var report = await host.ApplyAsync(2, good, garbage, missing, other, good);

        Assert.Equal(2, report.RefusedVersion);
        Assert.Equal(["score-prod-v002", "score-prod-v003", "score-prod-v004", "score-prod-v001"], report.Failures.Select(failure => failure.ServerGroup.ToString()));
        Assert.Equal(1, host.Runtime.Alive);
        Assert.Equal(2, (await host.GetAsync("/fairlead/status")).Json.GetProperty("refusedVersion").GetInt64());

        Assert.Null((await host.ApplyAsync(3, good)).RefusedVersion);
    }

    [Fact]
    public async Task Apply_ManyGroupsOfOneModel_ShareASession()
    {
        await using var host = await TestHost.StartAsync();
        var groups = new List<Fairlead.Domain.Deployments.DesiredServerGroup>();
        for (var n = 1; n <= 50; n++)
            groups.Add(await host.GroupAsync(TestHost.Adder, n, weight: 100, environment: n % 2 == 0 ? "prod" : "stage", service: $"score{n}"));

        await host.ApplyAsync(1, [.. groups]);
        Assert.Equal(1, host.Runtime.Loaded);
        await host.ApplyAsync(2, groups[0]);
        Assert.Equal(1, host.Runtime.Alive);
        await host.ApplyAsync(3);

        Assert.Equal(0, host.Runtime.Alive);
    }

    [Fact]
    public async Task Start_AfterARestart_ServesTheLastStateWithoutControlPlane()
    {
        var root = Directory.CreateTempSubdirectory("fairlead-host-");
        try
        {
            await using (var first = await TestHost.StartAsync(root.FullName))
            {
                await first.ApplyAsync(6, await first.GroupAsync(TestHost.Adder, 1));
                await first.ApplyAsync(7, await first.GroupAsync(TestHost.Subtractor, 2));
            }

            await using var second = await TestHost.StartAsync(root.FullName, options => options with { ControlUrl = new Uri("http://127.0.0.1:9/") });

            Assert.Equal(7, second.Server.Report.AppliedVersion);
            using var response = await second.InferAsync(5, 2);
            Assert.Equal(3, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_OneModelOfTheKeptStateDamaged_ServesTheOthersAndReportsIt()
    {
        var root = Directory.CreateTempSubdirectory("fairlead-host-");
        try
        {
            await using (var first = await TestHost.StartAsync(root.FullName))
            {
                var damaged = await first.GroupAsync(TestHost.Subtractor, 2, weight: 0);
                await first.ApplyAsync(7, await first.GroupAsync(TestHost.Adder, 1), damaged);
                Alter(first.PathOf(damaged));
            }

            await using var second = await TestHost.StartAsync(root.FullName);

            using var response = await second.InferAsync(5, 2);
            Assert.Equal(7, TestHost.ValueOf(await TestHost.JsonAsync(response)));
            await second.Server.SettleAsync(TestContext.Current.CancellationToken);
            Assert.Equal((7, null), (second.Server.Report.AppliedVersion, second.Server.Report.RefusedVersion));
            Assert.Equal("score-prod-v002", Assert.Single(second.Server.Report.Failures).ServerGroup.ToString());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"format\":1,\"vers")]
    [InlineData("null")]
    [InlineData("{\"format\":1,\"version\":3,\"project\":\"p\",\"environments\":[],\"serverGroups\":[]}")]
    public async Task Start_KeptStateDamaged_IsIgnored(string kept)
    {
        var root = Directory.CreateTempSubdirectory("fairlead-host-");
        try
        {
            var folder = root.CreateSubdirectory(".fairlead").CreateSubdirectory("host");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "desired-state.json"), kept, TestContext.Current.CancellationToken);

            await using var host = await TestHost.StartAsync(root.FullName);

            Assert.Equal(0, host.Server.Report.AppliedVersion);
            await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1));
            using var response = await host.InferAsync(5, 2);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Apply_CommandOnAHostThatRunsNoPrograms_IsRefusedAndSaysSo()
    {
        await using var host = await TestHost.StartServingAsync();
        var group = await host.GroupAsync(TestHost.Adder, 2, service: "other");
        var command = new ReleasedCommand { Command = "./serve", Code = group.Service.Model!.Artifact, Protocol = ServiceProtocol.Http, Health = new HealthCheck() };

        var report = await host.ApplyAsync(2, group with { Service = new ReleasedService { Name = "other", Command = command } });

        Assert.Equal((1, 2), (report.AppliedVersion, report.RefusedVersion));
        Assert.Contains("runs no programs", Assert.Single(report.Failures).Message, StringComparison.Ordinal);
        Assert.Contains("is a model and no command", await TestHost.ErrorAsync(await host.PostAsync("/services/score/x", ""), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await TestHost.ErrorAsync(await host.PostAsync("/services/other/x", ""), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Start_PortInUse_NamesThePortAndTheCure()
    {
        await using var first = await TestHost.StartAsync();

        var refusal = await Assert.ThrowsAsync<FairleadException>(() => TestHost.StartAsync(change: options => options with { Port = first.Port }));

        Assert.Equal(ProblemKind.Conflict, refusal.Kind);
        Assert.Contains($"Port {first.Port} is in use", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--host-port", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", null, "FAIRLEAD_TOKEN")]
    [InlineData("192.0.2.1", null, "FAIRLEAD_TOKEN")]
    [InlineData("nowhere", "token", "no IP address")]
    [InlineData("localhost", "", "is empty")]
    public async Task Start_OptionsThatAreUnsafe_AreRefused(string address, string? token, string expected)
    {
        var refusal = await Assert.ThrowsAsync<FairleadException>(() => TestHost.StartAsync(change: options => options with { Address = address, Token = token }));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<ArtifactRef> PutAsync(TestHost host, byte[] bytes)
    {
        var path = Path.Combine(host.Folder.Root, "garbage");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return await host.PutAsync(path);
    }

    private static void Alter(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;

        // Blobs are read-only: another file under the same name is what an editor would leave.
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }
}
