using System.Net;
using System.Text;
using Fairlead.Domain.Services;

namespace Fairlead.Serving.Tests.Forwarding;

public sealed class HttpForwardTests
{
    [Fact]
    public async Task Request_Forwarded_ReachesTheServiceAsItWasSent()
    {
        await using var host = await ForwardHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "raw?q=a%20b&q=2") { Content = new StringContent("the body", Encoding.UTF8, "text/x") };
        request.Headers.Add("X-Own", ["1", "2"]);
        request.Headers.Add("X-Forwarded-For", "10.1.2.3");
        request.Headers.Add("Authorization", "Bearer host-token");
        request.Headers.Add("Connection", "X-Hop");
        request.Headers.Add("X-Hop", "of the connection");
        request.Headers.Add("fairlead-prediction", "forged");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await host.SendAsync(request);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");

        Assert.Equal("POST /raw?q=a%20b&q=2 HTTP/1.1", lines[0]);
        Assert.Equal("the body", lines[^1]);
        Assert.Contains($"Host: 127.0.0.1:{host.Port}", lines);
        Assert.Contains("X-Forwarded-For: 10.1.2.3, 127.0.0.1", lines);
        Assert.Contains("X-Forwarded-Proto: http", lines);
        Assert.Contains("fairlead-environment: prod", lines);
        var prediction = response.Headers.GetValues("fairlead-prediction").Single();
        Assert.Contains($"fairlead-prediction: {prediction}", lines);
        Assert.DoesNotContain(lines, line => line.Contains("forged") || line.Contains("host-token") || line.StartsWith("X-Hop", StringComparison.OrdinalIgnoreCase));
        var trace = lines.Single(line => line.StartsWith("traceparent", StringComparison.Ordinal));
        Assert.StartsWith("traceparent: 00-0af7651916cd43dd8448eb211c80319c-", trace);
        Assert.DoesNotContain("b7ad6b7169203331", trace);
        Assert.Equal("echo-prod-v001", response.Headers.GetValues("fairlead-server-group").Single());
    }

    [Theory]
    [InlineData("/services/echo/raw", "/raw")]
    [InlineData("/services/echo/raw/a%2Fb", "/raw/a%2Fb")]
    [InlineData("/services/echo", "/")]
    [InlineData("/services/echo?x=1", "/?x=1")]
    [InlineData("/s%65rvices/echo/raw/%20x?y=%20", "/raw/%20x?y=%20")]
    [InlineData("/a/../services/echo/raw/b", "/raw/b")]
    public async Task Target_Prefixed_LosesThePrefixOnly(string path, string expected)
    {
        await using var host = await ForwardHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await connection.ReadAsync();
        await host.WaitForRecordsAsync(1);

        Assert.Equal(expected, CallTensors.Of(host.Log.Single().Inputs)[1]);
    }

    [Theory]
    [InlineData("chunked", "hello world")]
    [InlineData("until-close", "to the end")]
    [InlineData("interim", "after")]
    [InlineData("no-content", "")]
    public async Task Answer_OfAnyFraming_ArrivesWhole(string path, string expected)
    {
        await using var host = await ForwardHost.StartAsync();

        for (var i = 0; i < 3; i++)
            Assert.Equal(expected, await host.GetAsync(path));
    }

    [Fact]
    public async Task Answer_ToHead_HasTheLengthAndNoBody()
    {
        await using var host = await ForwardHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        // The program answers HEAD with a body all the same: it must not be taken for the next answer.
        await connection.SendAsync("HEAD /services/echo/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var head = await connection.ReadHeadAsync();
        await connection.SendAsync("GET /services/echo/pid HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var (status, body) = await connection.ReadAsync();

        Assert.Contains("Content-Length: 12", head);
        Assert.Equal(200, status);
        Assert.True(int.TryParse(body, out _), body);
    }

    [Fact]
    public async Task Headers_OfTheAnswer_ArriveButForThoseOfTheConnection()
    {
        await using var host = await ForwardHost.StartAsync();

        using var response = await host.Client.GetAsync("cookies", TestContext.Current.CancellationToken);

        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.False(response.Headers.Contains("X-Private"));
    }

    [Fact]
    public async Task Connections_ToTheService_AreKept()
    {
        await using var host = await ForwardHost.StartAsync();

        for (var i = 0; i < 50; i++)
            await host.GetAsync("hello");

        // One of ours; the health checks' are not counted twice since the program is asked once per check.
        Assert.InRange(int.Parse(await host.GetAsync("connections")), 1, 25);
    }

    [Fact]
    public async Task Body_Chunked_ReachesTheService()
    {
        await using var host = await ForwardHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        await connection.SendAsync("POST /services/echo/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        await connection.SendAsync("6\r\n world\r\n0\r\n\r\n");

        Assert.Equal((200, "hello world"), await connection.ReadAsync());
    }

    [Fact]
    public async Task Body_ThatTheServiceDoesNotWant_IsAnsweredEarly()
    {
        await using var host = await ForwardHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "early") { Content = new ByteArrayContent(new byte[8 << 20]) };

        using var response = await host.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.StartsWith("hello", await host.GetAsync("hello"));
    }

    [Theory]
    [InlineData("both")]
    [InlineData("two-lengths")]
    [InlineData("bad-name")]
    [InlineData("fold")]
    [InlineData("bare-return")]
    [InlineData("gzip-encoding")]
    [InlineData("garbage")]
    [InlineData("long-head")]
    public async Task Answer_Ambiguous_IsRefusedWithASentence(string path)
    {
        await using var host = await ForwardHost.StartAsync();

        using var response = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.StartsWith("An instance of 'echo' (echo-prod-v001) sent", await TestHost.ErrorAsync(response, HttpStatusCode.BadGateway));
        await host.WaitForRecordsAsync(1);
        Assert.Equal(502, host.Log.Single().Status);
        Assert.StartsWith("An instance", host.Log.Single().Error);
    }

    [Theory]
    [InlineData("bad-chunk")]
    [InlineData("short")]
    public async Task Answer_BrokenInTheMiddle_IsNeverTakenForWhole(string path)
    {
        await using var host = await ForwardHost.StartAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.GetAsync(path));
        Assert.StartsWith("hello", await host.GetAsync("hello"));
    }

    [Fact]
    public async Task Request_Smuggled_DoesNotReachTheService()
    {
        await using var host = await ForwardHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        await connection.SendAsync("POST /services/echo/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /services/echo/silent HTTP/1.1\r\nX: y\r\n\r\n");
        await connection.ReadHeadAsync();

        Assert.Equal("0", await host.GetAsync("seen"));
    }

    [Fact]
    public async Task Service_ClosingBeforeItAnswers_IsAskedAgainOnlyWhereThatIsSafe()
    {
        await using var host = await ForwardHost.StartAsync();
        await host.GetAsync("hello");

        using var post = await host.Client.PostAsync("silent", new StringContent("once"), TestContext.Current.CancellationToken);
        await TestHost.ErrorAsync(post, HttpStatusCode.BadGateway);
        Assert.Equal("1", await host.GetAsync("seen"));
        using var get = await host.Client.GetAsync("silent", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, get.StatusCode);
        Assert.Equal("4", await host.GetAsync("seen"));
    }

    [Fact]
    public async Task Deadline_Over_IsAnswered504()
    {
        await using var host = await ForwardHost.StartAsync(limits: new ServingLimits { Deadline = TimeSpan.FromMilliseconds(100) });

        using var response = await host.Client.GetAsync("hang", TestContext.Current.CancellationToken);

        Assert.Equal("'echo' (echo-prod-v001) did not answer in time.", await TestHost.ErrorAsync(response, HttpStatusCode.GatewayTimeout));
    }

    [Fact]
    public async Task Flood_BeyondTheLimits_IsShedWith429()
    {
        await using var host = await ForwardHost.StartAsync(limits: new ServingLimits { Concurrency = 1, Queue = 0, Deadline = TimeSpan.FromSeconds(5) });
        var first = host.Client.GetAsync("hang", TestContext.Current.CancellationToken);
        while (host.UnderWay == 0)
            await Task.Yield();

        using var second = await host.Client.GetAsync("hello", TestContext.Current.CancellationToken);

        Assert.Equal("1", second.Headers.GetValues("Retry-After").Single());
        await TestHost.ErrorAsync(second, HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await first).StatusCode);
    }

    [Fact]
    public async Task Client_Gone_EndsTheWorkOfTheService()
    {
        await using var host = await ForwardHost.StartAsync();
        using (var response = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "endless"), HttpCompletionOption.ResponseHeadersRead))
        {
            var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            Assert.Equal(4, await stream.ReadAtLeastAsync(new byte[4], 4, cancellationToken: TestContext.Current.CancellationToken));
        }

        while (await host.GetAsync("gone") == "0")
            await Task.Yield();
        while (!host.Log.Records.Any(record => record.Status == 499))
            await Task.Yield();
    }
}
