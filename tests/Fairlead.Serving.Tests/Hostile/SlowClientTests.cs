using System.Net;
using System.Text;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Clients that take their time: they are closed in the end, and nobody else waits for them.</summary>
public sealed class SlowClientTests
{
    private const int Slow = 200;

    [Fact]
    public async Task Headers_ByTheByteFromManyClients_LoseTheirConnectionsWhileOthersAreServed()
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { HeaderTimeout = TimeSpan.FromMilliseconds(300) });
        var wires = await OpenAsync(host.Port);
        try
        {
            await SendAllAsync(wires, "POST /v2/models/score/infer HTTP/1.1\r\nHost: localhost\r\nx-slow: ");
            var answers = Task.WhenAll(wires.Select(wire => wire.ReadToEndAsync()));

            // Each byte is a sign of life, and none makes the time for the headers longer.
            while (!answers.IsCompleted)
            {
                await AssertServedAsync(host);
                await SendAllAsync(wires, "x");
            }

            Assert.All(await answers, answer => Assert.True(answer.Length == 0 || Encoding.Latin1.GetString(answer).StartsWith("HTTP/1.1 408", StringComparison.Ordinal), Encoding.Latin1.GetString(answer)));
        }
        finally
        {
            wires.ForEach(wire => wire.Dispose());
        }
    }

    [Fact]
    public async Task Bodies_ByTheByteFromManyClients_AreAnsweredWhileOthersAreServed()
    {
        await using var host = await TestHost.StartServingAsync();
        var body = TestHost.Body(20, 3);
        var wires = await OpenAsync(host.Port);
        try
        {
            await SendAllAsync(wires, $"POST /v2/models/score/infer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n");
            foreach (var letter in body)
            {
                await AssertServedAsync(host);
                await SendAllAsync(wires, letter.ToString());
            }

            foreach (var answer in await Task.WhenAll(wires.Select(wire => wire.ReadToEndAsync())))
                Assert.Contains("\"data\":[23]", Encoding.Latin1.GetString(answer), StringComparison.Ordinal);
        }
        finally
        {
            wires.ForEach(wire => wire.Dispose());
        }
    }

    /// <summary>The server's own grace before it calls a body too slow is ten seconds: only the long campaign waits for that.</summary>
    [Fact]
    public async Task Bodies_SlowerThanAllowed_LoseTheirConnections()
    {
        Assert.SkipUnless(Campaign.IsLong, "It waits for ten seconds.");
        await using var host = await TestHost.StartServingAsync();
        var wires = await OpenAsync(host.Port);
        try
        {
            await SendAllAsync(wires, "POST /v2/models/score/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{");
            var answers = Task.WhenAll(wires.Select(wire => wire.ReadToEndAsync()));
            while (!answers.IsCompleted)
                await AssertServedAsync(host);

            Assert.All(await answers, answer => Assert.Contains("408", Encoding.Latin1.GetString(answer), StringComparison.Ordinal));
        }
        finally
        {
            wires.ForEach(wire => wire.Dispose());
        }
    }

    private static async Task<List<Wire>> OpenAsync(int port) => [.. await Task.WhenAll(Enumerable.Range(0, Slow).Select(_ => Wire.OpenAsync(port)))];

    private static async Task SendAllAsync(List<Wire> wires, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        foreach (var wire in wires)
            await wire.TrySendAsync(bytes);
    }

    private static async Task AssertServedAsync(TestHost host)
    {
        using var answer = await host.InferAsync(1, 2);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
