using System.Net;
using System.Text;

namespace Fairlead.Serving.Tests.Listening;

public sealed class BoundsTests
{
    private const string Infer = "/v2/models/score/infer";

    [Theory]
    [InlineData(200, 10, 431)]
    [InlineData(10, 8000, 431)]
    public async Task Send_HeaderBomb_IsRefused(int count, int length, int expected)
    {
        await using var host = await TestHost.StartServingAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);
        var request = new StringBuilder("GET /v2 HTTP/1.1\r\nHost: localhost\r\n");
        for (var n = 0; n < count; n++)
            request.Append($"x-{n}: {new string('x', length)}\r\n");

        await connection.SendAsync(request.Append("\r\n").ToString());

        Assert.Equal(expected, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task Send_EndlessPath_IsRefused()
    {
        await using var host = await TestHost.StartServingAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        await connection.SendAsync($"GET /{new string('x', 10_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Equal(414, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task Send_HeadersThatNeverEnd_LoseTheConnectionWhileOthersAreServed()
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { HeaderTimeout = TimeSpan.FromMilliseconds(200) });
        using var slow = await RawConnection.OpenAsync(host.Port);

        await slow.SendAsync("POST " + Infer + " HTTP/1.1\r\nHost: loc");

        using var response = await host.InferAsync(1, 2);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(408, (await slow.ReadAsync()).Status);
    }

    [Fact]
    public async Task Send_ManyIdleConnections_OthersAreServed()
    {
        await using var host = await TestHost.StartServingAsync();
        var idle = new List<RawConnection>();
        try
        {
            // Both ends are in this process, and many a machine lets one have 20,000 descriptors.
            for (var n = 0; n < Fairlead.Testing.Campaign.Rounds(500, 8_000); n++)
                idle.Add(await RawConnection.OpenAsync(host.Port));

            using var response = await host.InferAsync(1, 2);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task Infer_BodiesUnderWayFillTheBudget_TheNextIs429AndRoomComesBack()
    {
        // How much room a body takes depends on how it arrived, and when is up to the network: so more come, until there is no room.
        const int Unfinished = 20;
        await using var host = await TestHost.StartServingAsync(change: options => options with { MaxBodyBytes = 1_000_000, BodyMemoryBytes = 3_300_000 });
        var body = TestHost.Body(1, 2) + new string(' ', 950_000);
        var connections = new List<RawConnection>();
        var refused = await host.PostAsync(Infer, body);
        while (refused.StatusCode == HttpStatusCode.OK && connections.Count < Unfinished)
        {
            refused.Dispose();
            connections.Add(await RawConnection.OpenAsync(host.Port));
            await connections[^1].SendAsync($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body[..900_000]}");
            refused = await host.PostAsync(Infer, body);
        }

        using var last = refused;
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Contains("under way", await TestHost.ErrorAsync(refused, HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
        connections.ForEach(connection => connection.Dispose());
        using var answered = await UntilAsync(host, body, HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> UntilAsync(TestHost host, string body, HttpStatusCode expected)
    {
        while (true)
        {
            var response = await host.PostAsync(Infer, body);
            if (response.StatusCode == expected)
                return response;
            response.Dispose();
        }
    }

    [Fact]
    public async Task Infer_RefusedWhileItsBodyArrives_IsAnsweredAndTheConnectionGoesOn()
    {
        const int Length = 950_000;
        const int Sent = 900_000;
        await using var host = await TestHost.StartServingAsync(change: options => options with { MaxBodyBytes = 1_000_000, BodyMemoryBytes = 3_300_000 });
        // Three of them fit, and never four.
        var connections = new List<RawConnection>();
        for (var n = 0; n < 4; n++)
        {
            connections.Add(await RawConnection.OpenAsync(host.Port));
            await connections[n].SendAsync($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Length}\r\n\r\n{new string(' ', Sent)}");
        }

        var answers = connections.ConvertAll(connection => connection.ReadAsync());
        var first = await Task.WhenAny(answers);
        Assert.Equal(429, (await first).Status);

        var refused = connections[answers.IndexOf(first)];
        await refused.SendAsync(new string(' ', Length - Sent) + "GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, (await refused.ReadAsync()).Status);
        connections.ForEach(connection => connection.Dispose());
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n{\"inputs\"")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\n{ \"\r\n")]
    public async Task Infer_BodyThatPauses_Is408AndOthersAreServed(string begin)
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { BodyPause = TimeSpan.FromMilliseconds(300) });
        using var connection = await RawConnection.OpenAsync(host.Port);
        await connection.SendAsync($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\n{begin}");

        using var response = await host.InferAsync(1, 2);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var (status, body) = await connection.ReadAsync();

        Assert.Equal(408, status);
        Assert.Contains("without pauses", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_MoreConnectionsThanAllowed_TheNewestIsClosed()
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { MaxConnections = 2 });
        using var first = await RawConnection.OpenAsync(host.Port);
        using var second = await RawConnection.OpenAsync(host.Port);
        const string Request = "GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        await first.SendAsync(Request);
        await second.SendAsync(Request);
        Assert.Equal((200, 200), ((await first.ReadAsync()).Status, (await second.ReadAsync()).Status));
        using var third = await RawConnection.OpenAsync(host.Port);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await third.SendAsync(Request);
            await third.ReadAsync();
        });
    }
}
