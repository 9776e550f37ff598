using System.Net;
using System.Net.Sockets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Serving.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Tests.Listening;

public sealed class AddressingTests
{
    private const string Infer = "/v2/models/score/infer";

    [Theory]
    [InlineData("models.example", 7)]
    [InlineData("MODELS.example:9000", 7)]
    [InlineData("score.models.example", 7)]
    [InlineData("stage.example", 3)]
    public async Task Infer_HostNameOfAnEnvironment_LeadsThere(string name, float expected)
    {
        await using var host = await StartAsync();

        Assert.Equal(expected, await ValueAsync(await host.PostAsync(Infer, TestHost.Body(5, 2), ("Host", name))));
    }

    [Fact]
    public async Task Infer_NamesThatContradict_PathBeatsHeaderBeatsHostName()
    {
        await using var host = await StartAsync();

        Assert.Equal(3, await ValueAsync(await host.PostAsync("/environments/stage" + Infer, TestHost.Body(5, 2), ("fairlead-environment", "prod"), ("Host", "models.example"))));
        Assert.Equal(3, await ValueAsync(await host.PostAsync(Infer, TestHost.Body(5, 2), ("fairlead-environment", "stage"), ("Host", "models.example"))));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("a.b.models.example")]
    [InlineData("models.example.evil")]
    public async Task Infer_OtherHostNames_AreStillRefused(string name)
    {
        await using var host = await StartAsync();

        await TestHost.ErrorAsync(await host.PostAsync(Infer, TestHost.Body(5, 2), ("Host", name)), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Apply_EnvironmentWithAPort_OpensItMovesItAndClosesIt()
    {
        await using var host = await StartAsync();
        var (adder, subtractor) = (await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 1, environment: "stage"));
        var (first, second) = (FreePort(), FreePort());
        host.Environments = [new("stage") { Port = first }, new("prod")];
        Assert.Empty((await host.ApplyAsync(2, adder, subtractor)).Warnings);
        Assert.Equal(3, await ValueAsync(await host.PostAsync($"http://localhost:{first}{Infer}", TestHost.Body(5, 2))));

        host.Environments = [new("stage") { Port = second }, new("prod") { Port = first }];
        await host.ApplyAsync(3, adder, subtractor);
        Assert.Equal(7, await ValueAsync(await host.PostAsync($"http://localhost:{first}{Infer}", TestHost.Body(5, 2))));
        Assert.Equal(3, await ValueAsync(await host.PostAsync($"http://localhost:{second}{Infer}", TestHost.Body(5, 2))));

        host.Environments = [new("stage"), new("prod") { Port = first }];
        await host.ApplyAsync(4, adder, subtractor);
        Assert.Equal(7, await ValueAsync(await host.PostAsync($"http://localhost:{first}{Infer}", TestHost.Body(5, 2))));
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(IPAddress.Loopback, second, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Find_ConnectionThatOutlivedItsPort_LeadsToNoOtherEnvironment()
    {
        await using var host = await TestHost.StartAsync();
        host.Environments = [new("stage"), new("prod")];
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1));
        var table = host.Server.Routes.Current;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());

        Assert.Equal("prod", RouteFinder.FindEnvironment(table, default, new Exchange(features, new ListeningPort(9000, IsCommon: true))).Name);
        var problem = Assert.Throws<FairleadException>(() => RouteFinder.FindEnvironment(table, default, new Exchange(features, new ListeningPort(9000, IsCommon: false))));
        Assert.Contains("Port 9000 ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_PortInUse_IsAppliedWithAWarningAndOpensWhenItIsFree()
    {
        await using var host = await StartAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var adder = await host.GroupAsync(TestHost.Adder, 1);
        host.Environments = [new("prod") { Port = port }];

        var report = await host.ApplyAsync(2, adder);

        Assert.Equal((2, null), (report.AppliedVersion, report.RefusedVersion));
        Assert.Contains($"'{port}'", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Equal(7, await ValueAsync(await host.PostAsync(Infer, TestHost.Body(5, 2))));

        other.Stop();
        Assert.Empty((await host.ApplyAsync(3, adder)).Warnings);
        Assert.Equal(7, await ValueAsync(await host.PostAsync($"http://localhost:{port}{Infer}", TestHost.Body(5, 2))));
    }

    [Fact]
    public async Task Start_ExtraPort_AnswersAllEnvironments()
    {
        var port = FreePort();
        await using var host = await TestHost.StartServingAsync(change: options => options with { ExtraPorts = [port] });

        Assert.Equal(7, await ValueAsync(await host.PostAsync($"http://localhost:{port}{Infer}", TestHost.Body(5, 2))));
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync();
        host.Environments = [new("stage") { Hosts = ["stage.example"] }, new EnvironmentDefinition("prod") { Hosts = ["models.example"] }];
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 1, environment: "stage"));
        return host;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<float> ValueAsync(HttpResponseMessage response)
    {
        using (response)
            return TestHost.ValueOf(await TestHost.JsonAsync(response));
    }
}
