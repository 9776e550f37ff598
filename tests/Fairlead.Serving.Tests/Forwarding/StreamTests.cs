using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Serving.Tests.Forwarding;

/// <summary>Alone, since memory is measured for the whole process.</summary>
[CollectionDefinition(nameof(StreamTests), DisableParallelization = true)]
[Collection(nameof(StreamTests))]
public sealed class StreamTests
{
    private const long Big = 100_000_000;

    [Fact]
    public async Task Events_SentByTheService_ArriveOneByOne()
    {
        await using var host = await ForwardHost.StartAsync();
        using var response = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "events"), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        // The next event is sent only when the one before has been read here: nothing is held back on the way.
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal($"data: {i}", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.Equal("", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            await host.GetAsync("next");
        }

        Assert.Null(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        var record = host.Log.Records.Single(record => CallTensors.Of(record.Inputs)[1] == "/events");
        Assert.Equal(["text/event-stream", "36", ""], CallTensors.Of(record.Outputs));
    }

    [Fact]
    public async Task WebSocket_Opened_CarriesBothWaysUntilEitherCloses()
    {
        await using var host = await ForwardHost.StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/services/echo/ws"), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];

        foreach (var size in new[] { 1, 100, 3000 })
        {
            var sent = RandomNumberGenerator.GetBytes(size);
            await socket.SendAsync(sent, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);
            var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.Equal(sent, buffer[..received.Count]);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        await host.WaitForRecordsAsync(1);
        Assert.Equal(101, host.Log.Single().Status);
        Assert.Equal("", CallTensors.Of(host.Log.Single().Inputs)[4]);
    }

    [Fact]
    public async Task WebSocket_OfAServiceThatDies_IsClosed()
    {
        await using var host = await ForwardHost.StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/services/echo/ws"), TestContext.Current.CancellationToken);

        await host.KillAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Download_OfManyMegabytes_PassesInFlatMemory()
    {
        await using var host = await ForwardHost.StartAsync();
        await host.GetAsync("big?1000000");
        var before = Environment.WorkingSet;
        long most = 0;
        using var response = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"big?{Big}"), HttpCompletionOption.ResponseHeadersRead);
        var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[1 << 16];
        long total = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            total += read;
            most = Math.Max(most, Environment.WorkingSet - before);
        }

        Assert.Equal(Big, total);
        Assert.InRange(most, 0, Big / 2);
        await host.WaitForRecordsAsync(2);
        Assert.Equal(["", $"{Big}", CallTensors.Absent], CallTensors.Of(host.Log.Records.Last().Outputs));
    }

    [Fact]
    public async Task Upload_OfManyMegabytes_PassesInFlatMemory()
    {
        await using var host = await ForwardHost.StartAsync();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = new PieceContent(Big, hash);
        var before = Environment.WorkingSet;

        using var response = await host.Client.PostAsync("upload", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{Big} {Convert.ToHexStringLower(hash.GetCurrentHash())}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.InRange(content.MostMemory - before, 0, Big / 2);
        await host.WaitForRecordsAsync(1);
        Assert.Equal(["POST", "/upload", "", $"{Big}", CallTensors.Absent], CallTensors.Of(host.Log.Single().Inputs));
    }

    /// <summary>Made while it is sent.</summary>
    private sealed class PieceContent(long length, IncrementalHash hash) : HttpContent
    {
        public long MostMemory { get; private set; }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[1 << 16];
            for (var left = length; left > 0; left -= piece.Length)
            {
                Encoding.ASCII.GetBytes($"{left}").CopyTo(piece, 0);
                var part = piece.AsMemory(0, (int)Math.Min(left, piece.Length));
                hash.AppendData(part.Span);
                await stream.WriteAsync(part);
                MostMemory = Math.Max(MostMemory, Environment.WorkingSet);
            }
        }
    }
}
