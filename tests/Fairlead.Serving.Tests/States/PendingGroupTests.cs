using System.Net;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;

namespace Fairlead.Serving.Tests.States;

public sealed class PendingGroupTests
{
    [Fact]
    public async Task Apply_GroupWithoutTrafficLoadsSlowly_TheStateIsAppliedAndTheGroupFollows()
    {
        await using var control = await TestControlPlane.StartAsync();
        await using var host = await TestHost.StartAsync(change: options => options with { ControlUrl = control.Url });
        using var loading = new Turnstile();
        var adder = await host.GroupAsync(TestHost.Adder, 1);
        var second = await host.GroupAsync(TestHost.Subtractor, 2, weight: 0);
        host.Runtime.Loading = name => Hold(name == "score@2", loading);

        control.Publish(State(1, adder, second));

        var applied = await control.ReportAsync(report => report.AppliedVersion == 1);
        Assert.Equal(["score-prod-v002"], applied.Pending.Select(name => name.ToString()));
        Assert.Equal(7, await ValueAsync(host, "/v2/models/score/infer"));
        await TestHost.ErrorAsync(await host.PostAsync("/v2/models/score/versions/v002/infer", TestHost.Body(5, 2)), HttpStatusCode.NotFound);

        loading.Open();
        var ready = await control.ReportAsync(report => report.Pending.Count == 0);
        Assert.Equal((1, null, 0), (ready.AppliedVersion, ready.RefusedVersion, ready.Failures.Count));
        Assert.Equal(3, await ValueAsync(host, "/v2/models/score/versions/v002/infer"));
    }

    [Fact]
    public async Task Apply_GroupWithoutTrafficCannotLoad_IsAFailureWithoutARefusal()
    {
        await using var host = await TestHost.StartAsync();
        var adder = await host.GroupAsync(TestHost.Adder, 1);
        var broken = TestHost.With(await host.GroupAsync(TestHost.Adder, 2, weight: 0), adder.Service.Model!.Artifact with { Digest = Digest.Of("gone"u8) });

        var report = await host.ApplyAsync(1, adder, broken);

        Assert.Equal((1, null), (report.AppliedVersion, report.RefusedVersion));
        Assert.Equal("score-prod-v002", Assert.Single(report.Failures).ServerGroup.ToString());
        Assert.Empty(report.Pending);

        // Once the cause is gone the same group is tried again with the next state.
        var mended = await host.ApplyAsync(2, adder, await host.GroupAsync(TestHost.Adder, 2, weight: 0));
        Assert.Empty(mended.Failures);
        Assert.Equal(7, await ValueAsync(host, "/v2/models/score/versions/v002/infer"));
    }

    [Fact]
    public async Task Apply_NewerStateWhileAnOlderOneLoads_TheNewestWins()
    {
        await using var control = await TestControlPlane.StartAsync();
        await using var host = await TestHost.StartAsync(change: options => options with { ControlUrl = control.Url });
        using var loading = new Turnstile();
        var adder = await host.GroupAsync(TestHost.Adder, 1);
        var slow = await host.GroupAsync(TestHost.Subtractor, 2);
        host.Runtime.Loading = name => Hold(name == "score@2", loading);
        control.Publish(State(1, slow));
        await loading.ArrivedAsync();

        control.Publish(State(2, adder));

        Assert.Equal(2, (await control.ReportAsync(report => report.AppliedVersion > 0)).AppliedVersion);
        Assert.Equal(7, await ValueAsync(host, "/v2/models/score/infer"));
        loading.Open();
        control.Publish(State(3, adder));
        await control.ReportAsync(report => report.AppliedVersion == 3);
    }

    [Fact]
    public async Task Apply_StateRefusedWhileAGroupIsPending_StaysRefusedWhenTheGroupIsReady()
    {
        await using var control = await TestControlPlane.StartAsync();
        await using var host = await TestHost.StartAsync(change: options => options with { ControlUrl = control.Url });
        using var loading = new Turnstile();
        var adder = await host.GroupAsync(TestHost.Adder, 1);
        var slow = await host.GroupAsync(TestHost.Subtractor, 2, weight: 0);
        host.Runtime.Loading = name => Hold(name == "score@2", loading);
        control.Publish(State(1, adder, slow));
        await control.ReportAsync(report => report.AppliedVersion == 1);
        var broken = TestHost.With(await host.GroupAsync(TestHost.Adder, 3), adder.Service.Model!.Artifact with { Digest = Digest.Of("gone"u8) });
        control.Publish(State(2, adder, slow, broken));
        await control.ReportAsync(report => report.RefusedVersion == 2);

        loading.Open();

        var report = await control.ReportAsync(report => report.Pending.Count == 0);
        Assert.Equal((1, 2), (report.AppliedVersion, report.RefusedVersion));
        Assert.Equal(3, await ValueAsync(host, "/v2/models/score/versions/v002/infer"));
    }

    private static void Hold(bool isHeld, Turnstile turnstile)
    {
        if (isHeld)
            turnstile.Pass();
    }

    private static DesiredState State(long version, params DesiredServerGroup[] groups) =>
        new() { Version = version, Project = "test", Environments = [new("prod")], ServerGroups = groups };

    private static async Task<float> ValueAsync(TestHost host, string path)
    {
        using var response = await host.PostAsync(path, TestHost.Body(5, 2));
        return TestHost.ValueOf(await TestHost.JsonAsync(response));
    }
}
