using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Server;
using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Server;

public sealed class CleartextProtocolDetectionTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static readonly byte[] EmptySettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1", "HTTP/1.1 http GET /rest/a")]
    [InlineData("2.0", "HTTP/2 http GET /rest/a")]
    public async Task Get_OfEitherVersion_IsServedOnOnePort(string version, string expected)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { DefaultRequestVersion = new Version(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        Assert.Equal(expected, await client.GetStringAsync(new Uri(server.Url, "/rest/a"), Token));
    }

    [Fact]
    public async Task Grpc_OnTheSamePort_IsServed()
    {
        using var channel = new GrpcChannel(server.Url, new GrpcChannelOptions { Time = TimeProvider.System });

        var answer = await channel.UnaryAsync(EchoService.Unary, new Note { Text = "hello" }, Note.Parser, GrpcCallOptions.None, Token);

        Assert.Equal("hello", answer.Text);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("PROPFIND")]
    [InlineData("P")]
    [InlineData("PR")]
    [InlineData("PRIX")]
    public async Task Method_ThatBeginsAsThePreface_IsHttp11(string method)
    {
        using var socket = await ConnectAsync(server);

        await socket.SendAsync(Encoding.ASCII.GetBytes($"{method} /rest/a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Token);

        Assert.EndsWith($"HTTP/1.1 http {method} /rest/a\r\n0\r\n\r\n", await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRI * HTTP/1.1\r\n\r\n")]
    [InlineData("PRI /rest HTTP/3.0\r\n\r\n")]
    public async Task Preface_ThatIsNearlyRight_IsRefusedAsHttp11(string bytes)
    {
        using var socket = await ConnectAsync(server);

        await socket.SendAsync(Encoding.ASCII.GetBytes(bytes), Token);

        Assert.Matches("^HTTP/1.1 [45]", await ReadToEndAsync(socket));
    }

    [Fact]
    public async Task Preface_WithAWrongEnd_IsToldToGoAway()
    {
        using var socket = await ConnectAsync(server);

        await socket.SendAsync(Encoding.ASCII.GetBytes(Preface.Replace("SM", "XX", StringComparison.Ordinal)), Token);

        // The server's HTTP/1.1 knows the line and answers in HTTP/2: type 7, with the code that asks for HTTP/1.1.
        var answer = await ReadToEndAsync(socket);
        Assert.Equal((7, 13), ((int)answer[3], (int)answer[^1]));
    }

    [Fact]
    public async Task Preface_ByteForByte_IsHttp2()
    {
        using var socket = await ConnectAsync(server);

        foreach (var letter in Encoding.ASCII.GetBytes(Preface).Concat(EmptySettings))
            await socket.SendAsync(new[] { letter }, Token);

        // The server's first frame is its settings: type 4, stream 0.
        var frame = new byte[9];
        await ReadExactlyAsync(socket, frame);
        Assert.Equal(4, frame[3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HT")]
    public async Task Connection_ThatGoesAway_IsForgotten(string bytes)
    {
        using (var socket = await ConnectAsync(server))
            await socket.SendAsync(Encoding.ASCII.GetBytes(bytes), Token);

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.NotEmpty(await client.GetStringAsync(new Uri(server.Url, "/rest"), Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HTTP/2.0\r\n\r\n")]
    public async Task Connection_ThatStaysSilent_IsClosedAtTheLimit(string bytes)
    {
        var time = new ManualTime();
        await using var strict = new TestServer(time, TimeSpan.FromSeconds(7));
        await strict.InitializeAsync();
        using var socket = await ConnectAsync(strict);
        await socket.SendAsync(Encoding.ASCII.GetBytes(bytes), Token);
        await time.ArmedAsync(TimeSpan.FromSeconds(7), Token);

        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal("", await ReadToEndAsync(socket));
    }

    [Fact]
    public async Task Stop_WithASilentConnection_ClosesIt()
    {
        var time = new ManualTime();
        await using var stopped = new TestServer(time);
        await stopped.InitializeAsync();
        using var socket = await ConnectAsync(stopped);
        await time.ArmedAsync(CleartextProtocolDetection.DefaultSilence, Token);

        await stopped.StopAsync(Token);

        Assert.Equal("", await ReadToEndAsync(socket));
    }

    [Fact]
    public async Task Start_OfTheServer_WarnsOfNothing()
    {
        await using var quiet = new TestServer();
        await quiet.InitializeAsync();

        Assert.Empty(quiet.Logger.Lines);
    }

    private static async Task<Socket> ConnectAsync(TestServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), Token);
        return socket;
    }

    private static async Task ReadExactlyAsync(Socket socket, byte[] bytes)
    {
        for (var read = 0; read < bytes.Length;)
        {
            var more = await socket.ReceiveAsync(bytes.AsMemory(read), Token);
            Assert.NotEqual(0, more);
            read += more;
        }
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(Token);
    }
}
