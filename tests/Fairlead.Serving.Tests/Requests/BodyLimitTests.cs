using System.Net;
using System.Text;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Tests.Requests;

public sealed class BodyLimitTests
{
    private const string Infer = "/v2/models/score/infer";
    private const int Limit = 10_000;

    [Fact]
    public async Task Infer_HundredMegabytes_Is413ThatNamesTheLimit()
    {
        await using var host = await TestHost.StartServingAsync();
        using var content = new ByteArrayContent(new byte[100_000_000]);

        var response = await host.Client.PostAsync(Infer, content, TestContext.Current.CancellationToken);

        Assert.Contains("67,108,864", await TestHost.ErrorAsync(response, HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
        var record = host.Log.Single();
        Assert.Equal((413, RouteKind.None, 0), (record.Status, record.Route, record.Inputs.Length));
    }

    [Fact]
    public async Task Infer_AnnouncedLengthOverTheLimit_IsRefusedBeforeTheBodyArrives()
    {
        await using var host = await StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        await connection.SendAsync($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Limit + 1}\r\n\r\n");

        Assert.Equal(413, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task Infer_ChunksOverTheLimit_AreRefusedOncePastIt()
    {
        await using var host = await StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);
        await connection.SendAsync($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = $"1000\r\n{new string(' ', 0x1000)}\r\n";

        for (var n = 0; n < 3; n++)
            await connection.SendAsync(chunk);

        Assert.Equal(413, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task Infer_RefusedAgainAndAgain_KeepsTheConnection()
    {
        await using var host = await StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);
        var body = TestHost.Body(1, 2);
        foreach (var (service, expected) in Enumerable.Repeat(new[] { ("other", 404), ("score", 200) }, 20).SelectMany(pair => pair))
        {
            await connection.SendAsync($"POST /v2/models/{service}/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            Assert.Equal(expected, (await connection.ReadAsync()).Status);
        }
    }

    [Fact]
    public async Task Infer_BodyOfExactlyTheLimit_IsRead()
    {
        await using var host = await StartAsync();
        var body = TestHost.Body(1, 2);

        using var response = await host.PostAsync(Infer, body + new string(' ', Limit - body.Length));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        chunked.Headers.TransferEncodingChunked = true;
        using var answer = await host.Client.SendAsync(chunked, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Infer_BodyArrivesByteByByte_IsAnswered()
    {
        await using var host = await StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);
        var body = TestHost.Body(4, 5);

        foreach (var letter in $"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}")
            await connection.SendAsync(letter.ToString());

        var (status, answer) = await connection.ReadAsync();
        Assert.Equal(200, status);
        Assert.Contains("\"data\":[9]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_ClientsVanishInMidBody_OthersAreServed()
    {
        await using var host = await StartAsync();
        for (var n = 0; n < 20; n++)
        {
            using var connection = await RawConnection.OpenAsync(host.Port);
            await connection.SendAsync($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{{\"inputs\":");
            if (n % 2 == 0)
                connection.Reset();
        }

        using var response = await host.InferAsync(1, 2);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(host.Log.Records, record => record.Status == 200);
    }

    [Fact]
    public async Task Infer_UnknownServiceWithALongBody_IsRefusedBeforeItArrives()
    {
        await using var host = await StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        await connection.SendAsync($"POST /v2/models/scores/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Limit}\r\n\r\n");

        var (status, body) = await connection.ReadAsync();
        Assert.Equal(404, status);
        Assert.Contains("did you mean 'score'", body, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync() => TestHost.StartServingAsync(change: options => options with { MaxBodyBytes = Limit });
}
