using System.Net;
using Fairlead.Domain.Deployments;

namespace Fairlead.Serving.Tests.States;

public sealed class DesiredStateClientTests
{
    [Fact]
    public async Task Run_StatesPublished_AppliesAndReportsEach()
    {
        await using var control = await TestControlPlane.StartAsync();
        await using var host = await StartAsync(control.Url);
        Assert.Equal(0, (await control.ReportAsync(_ => true)).AppliedVersion);

        control.Publish(State(1, await host.GroupAsync(TestHost.Adder, 1)));
        var report = await control.ReportAsync(report => report.AppliedVersion == 1);
        Assert.Equal(Environment.ProcessId, report.ProcessId);
        Assert.Equal($"http://localhost:{host.Port}", report.Url);
        Assert.Null(report.RefusedVersion);

        var broken = await host.GroupAsync(TestHost.Adder, 2);
        control.Publish(State(2, TestHost.With(broken, broken.Service.Model!.Artifact with { Digest = Fairlead.Domain.Artifacts.Digest.Of("gone"u8) })));
        var refused = await control.ReportAsync(report => report.RefusedVersion == 2);
        Assert.Equal(1, refused.AppliedVersion);
        Assert.Single(refused.Failures);

        control.Publish(State(3, await host.GroupAsync(TestHost.Subtractor, 3)));
        await control.ReportAsync(report => report is { AppliedVersion: 3, RefusedVersion: null });
        using var response = await host.InferAsync(5, 2);
        Assert.Equal(3, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        Assert.All(control.Authorizations, header => Assert.Equal("", header));
        Assert.DoesNotContain(control.Asked, after => after > 3);
    }

    [Fact]
    public async Task Run_TokenSet_IsSentToTheControlPlane()
    {
        await using var control = await TestControlPlane.StartAsync();
        await using var host = await TestHost.StartAsync(change: options => options with { ControlUrl = control.Url, Token = "secret" });
        control.Publish(State(1));

        await control.ReportAsync(report => report.AppliedVersion == 1);

        Assert.All(control.Authorizations, header => Assert.Equal("Bearer secret", header));
    }

    [Fact]
    public async Task Run_ControlPlaneDiesAndReturns_ServesThroughoutAndFollowsAgain()
    {
        TestHost host;
        DesiredServerGroup adder;
        int port;
        await using (var control = await TestControlPlane.StartAsync())
        {
            port = control.Url.Port;
            host = await StartAsync(control.Url);
            adder = await host.GroupAsync(TestHost.Adder, 1);
            control.Publish(State(1, adder));
            await control.ReportAsync(report => report.AppliedVersion == 1);
        }

        await using (host)
        {
            for (var n = 0; n < 50; n++)
            {
                using var response = await host.InferAsync(n, 2);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }

            await using var returned = await TestControlPlane.StartAsync(port);
            returned.Publish(State(2, adder));

            await returned.ReportAsync(report => report.AppliedVersion == 2);
        }
    }

    private static Task<TestHost> StartAsync(Uri control) => TestHost.StartAsync(change: options => options with { ControlUrl = control });

    private static DesiredState State(long version, params DesiredServerGroup[] groups) =>
        new() { Version = version, Project = "test", Environments = [new("prod")], ServerGroups = groups };
}
