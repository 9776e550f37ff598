using System.Net;

namespace Fairlead.Serving.Tests.Requests;

public sealed class RequestGuardTests
{
    private const string Token = "a-long-random-text";

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.evil.example:7071", 403)]
    [InlineData("LocalHost:7071", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:7071", 200)]
    public async Task Get_HostHeader_OnlyLoopbackNamesPass(string name, int expected)
    {
        await using var host = await TestHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Port);

        await connection.SendAsync($"GET /v2/health/live HTTP/1.1\r\nHost: {name}\r\n\r\n");

        Assert.Equal(expected, (await connection.ReadAsync()).Status);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost:3000", 200)]
    public async Task Infer_OriginOfAPage_OnlyLocalPagesPass(string origin, int expected)
    {
        await using var host = await TestHost.StartServingAsync();

        using var response = await host.InferAsync(1, 2, ("Origin", origin));

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer a-long-random-texT")]
    [InlineData("Basic a-long-random-text")]
    [InlineData("a-long-random-text")]
    public async Task Send_WithoutTheToken_EveryCallIs401(string? header)
    {
        await using var host = await StartWithTokenAsync();
        foreach (var path in new[] { "/v2", "/v2/health/live", "/v2/models/score", "/fairlead/status", "/elsewhere" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (header is not null)
                request.Headers.TryAddWithoutValidation("Authorization", header);
            var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            await TestHost.ErrorAsync(response, HttpStatusCode.Unauthorized);
        }

        await TestHost.ErrorAsync(await host.InferAsync(1, 2, header is null ? [] : [("Authorization", header)]), HttpStatusCode.Unauthorized);
        Assert.Empty(host.Log.Records);
    }

    [Fact]
    public async Task Send_WithTheToken_PassesUnderAnyName()
    {
        await using var host = await StartWithTokenAsync();

        using var response = await host.InferAsync(1, 2, ("Authorization", "Bearer " + Token), ("Host", "models.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task<TestHost> StartWithTokenAsync() => TestHost.StartServingAsync(change: options => options with { Token = Token });
}
