using System.Net;
using System.Net.WebSockets;
using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Grpc.Client;
using Fairlead.Serving.Tests.Forwarding;

namespace Fairlead.Serving.Tests.Shadows;

public sealed class CallShadowTests
{
    /// <summary>Ends with the first request that it gets.</summary>
    private const string Dying = "exec /usr/bin/python3 -u -c 'import os, socket; s = socket.create_server((\"127.0.0.1\", int(os.environ[\"PORT\"])))\nwhile True: s.accept()[0].recv(9) and os._exit(3)'";

    [Fact]
    public async Task Call_WithShadow_ReachesItWithBodyAndHeaders()
    {
        await using var host = await StartAsync(ServiceProtocol.Http);

        using var response = await host.PostAsync("/services/echo/raw?a=1", "{\"x\":1}", ("fairlead-unit", "unit-7"), ("fairlead-shadow", "forged"));
        var records = await host.Log.WaitAsync(2);

        var (live, shadow) = (records.Single(record => record.Role == PredictionRole.Live), records.Single(record => record.Role == PredictionRole.Shadow));
        Assert.Equal((live.Id, "unit-7", "echo-prod-v002", 200), (shadow.ShadowOf, shadow.Unit, shadow.Context.ServerGroup.ToString(), shadow.Status));
        Assert.Equal(CallTensors.Of(live.Inputs), CallTensors.Of(shadow.Inputs));
        var (sent, copied) = (CallTensors.Of(live.Outputs)[2], CallTensors.Of(shadow.Outputs)[2]);
        Assert.DoesNotContain("fairlead-shadow", sent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("fairlead-shadow: 1\r\n", copied, StringComparison.Ordinal);
        Assert.StartsWith("POST /raw?a=1 HTTP/1.1\r\n", copied, StringComparison.Ordinal);
        Assert.EndsWith("{\"x\":1}", copied, StringComparison.Ordinal);
        Assert.Equal(1, (await WaitAsync(host, 1)).Differed);
    }

    [Fact]
    public async Task Call_ShadowThatAnswersTheSame_Agrees()
    {
        await using var host = await StartAsync(ServiceProtocol.Http);

        (await host.PostAsync("/services/echo/echo", "body")).Dispose();
        (await host.Client.GetAsync("/services/echo/hello", TestContext.Current.CancellationToken)).Dispose();
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/services/echo/echo") { Content = new StringContent("chunked") };
        chunked.Headers.TransferEncodingChunked = true;
        (await host.Client.SendAsync(chunked, TestContext.Current.CancellationToken)).Dispose();
        (await host.Client.GetAsync("/services/echo/status?503", TestContext.Current.CancellationToken)).Dispose();
        var report = await WaitAsync(host, 4);

        Assert.Equal((4, 0, 0, 0), (report.Agreed, report.Differed, report.Failed, report.Dropped));
        Assert.Equal(4, host.Server.Report.Answered);
    }

    [Fact]
    public async Task Call_ShadowThatDies_FailsAlone()
    {
        await using var host = await StartAsync(ServiceProtocol.Http, shadow: Dying);

        for (var n = 0; n < 3; n++)
            Assert.Equal("hello from 1", await host.Client.GetStringAsync("/services/echo/hello", TestContext.Current.CancellationToken));
        var report = await WaitAsync(host, 3);

        Assert.Equal((0, 0, 3), (report.Agreed, report.Differed, report.Failed));
    }

    [Fact]
    public async Task Call_ThatCannotBeCopied_IsCountedByItsReason()
    {
        await using var host = await StartAsync(ServiceProtocol.Http);

        (await host.Client.GetAsync("/services/echo/big?2000000", TestContext.Current.CancellationToken)).Dispose();
        (await host.Client.GetAsync("/services/echo/endless", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)).Dispose();
        using (var socket = new ClientWebSocket())
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/services/echo/ws"), TestContext.Current.CancellationToken);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        }

        (await host.PostAsync("/services/echo/echo", "copied")).Dispose();
        await WaitAsync(host, 4);

        Assert.Equal(["abandoned 1", "stream 1", "too_long 1"], await DroppedAsync(host));
        Assert.Equal(5, host.Log.Captured);
    }

    [Fact]
    public async Task Stream_WithShadow_IsCountedAndNotCopied()
    {
        await using var host = await StartAsync(ServiceProtocol.Grpc);
        using var channel = host.Channel();
        using var call = channel.Open("/test.Echo/ServerStream", GrpcCallOptions.None, TestContext.Current.CancellationToken);

        await call.WriteAsync("2"u8.ToArray());
        call.Complete();
        while (await call.ReadAsync() is not null)
        {
        }

        await WaitAsync(host, 1);

        Assert.Equal(["stream 1"], await DroppedAsync(host));
    }

    [Fact]
    public async Task Unary_WithShadow_IsComparedByItsBytes()
    {
        await using var host = await StartAsync(ServiceProtocol.Grpc);
        using var channel = host.Channel();

        var answer = await channel.UnaryAsync("/test.Echo/Unary", "hello"u8.ToArray(), GrpcCallOptions.None, TestContext.Current.CancellationToken);
        await WaitAsync(host, 1);
        await channel.UnaryAsync("/test.Echo/Unary", "metadata"u8.ToArray(), GrpcCallOptions.None, TestContext.Current.CancellationToken);
        var report = await WaitAsync(host, 2);

        // The second answer holds the prediction's id.
        Assert.Equal("<hello>", Encoding.UTF8.GetString(answer.Message.Span));
        Assert.Equal((1, 1, 0), (report.Agreed, report.Differed, report.Failed));
        Assert.All(host.Log.Records.Take(2), record => Assert.Equal(["OK", "1", "7", "<hello>"], CallTensors.Of(record.Outputs)));
    }

    [Fact]
    public async Task Unary_AnsweredBeforeTheEndOfItsRequest_IsCopied()
    {
        await using var host = await StartAsync(ServiceProtocol.Grpc);
        using var channel = host.Channel();
        using var call = channel.Open("/test.Echo/Unary", GrpcCallOptions.None, TestContext.Current.CancellationToken);

        await call.WriteAsync("hello"u8.ToArray());
        var answer = await call.ReadAsync();
        var report = await WaitAsync(host, 1);

        Assert.Equal("<hello>", Encoding.UTF8.GetString(answer!.Value.Span));
        Assert.Equal((1, 0, 0), (report.Agreed, report.Differed, report.Failed));
    }

    private static async Task<TestHost> StartAsync(ServiceProtocol protocol, string? shadow = null)
    {
        var host = await TestHost.StartAsync(runsPrograms: true);
        var report = await host.ApplyAsync(1, await GroupAsync(host, protocol, 1), await GroupAsync(host, protocol, 2, shadow) with { Weight = Weight.None, Mirror = Weight.All });
        Assert.Equal((1, 0), (report.AppliedVersion, report.Failures.Count));
        return host;
    }

    internal static async Task<DesiredServerGroup> GroupAsync(TestHost host, ServiceProtocol protocol, int number, string? command = null)
    {
        var source = Directory.CreateTempSubdirectory("fairlead-shadow-").FullName;
        foreach (var (name, content) in Programs.Files)
            await File.WriteAllTextAsync(Path.Combine(source, name), content);
        var code = await host.PutAsync(source);
        Directory.Delete(source, recursive: true);
        return new DesiredServerGroup
        {
            Name = new ServerGroupName("echo", "prod", number),
            Release = new ReleaseName(number),
            Configuration = Fairlead.Domain.Artifacts.Digest.Of("{}"u8),
            Weight = Weight.All,
            Service = new ReleasedService
            {
                Name = "echo",
                Command = new ReleasedCommand
                {
                    Command = command ?? (protocol == ServiceProtocol.Http ? Programs.HttpCommand : Programs.GrpcCommand),
                    Code = code,
                    Protocol = protocol,
                    Health = new HealthCheck { Interval = TimeSpan.FromMilliseconds(100) },
                    Settings = new CommandSettings { StopTimeout = TimeSpan.FromSeconds(2) },
                },
            },
        };
    }

    /// <summary>The reasons of which <c>/metrics</c> counts any, each with its number.</summary>
    private static async Task<string[]> DroppedAsync(TestHost host)
    {
        const string Name = "fairlead_shadow_dropped_total{environment=\"prod\",service=\"echo\",server_group=\"echo-prod-v002\",reason=\"";
        var metrics = await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var samples = metrics.Split('\n').Where(line => line.StartsWith(Name, StringComparison.Ordinal)).Select(line => line[Name.Length..].Replace("\"}", "", StringComparison.Ordinal));
        return [.. samples.Where(sample => !sample.EndsWith(" 0", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static async Task<ShadowReport> WaitAsync(TestHost host, int done)
    {
        while (true)
        {
            var report = Assert.Single(host.Server.Report.Shadows);
            if (report.Agreed + report.Differed + report.Failed + report.Dropped >= done)
                return report;
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
