using System.Buffers.Binary;
using System.Net.Sockets;
using Fairlead.Grpc.Tests.Peers;
using Fairlead.Testing;
using Google.Protobuf;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>Random bodies and first bytes over real connections: every call gets a status, none is the server's fault, and nothing is logged.</summary>
public sealed class FrameFuzzTests(TestServer server) : IClassFixture<TestServer>
{
    private const int Seed = 73;
    private const int AtOnce = 16;
    private const int PerConnection = 250;
    private const long Http2Cancel = 8;
    private static readonly string[] Paths = [EchoService.Unary, EchoService.Expand, EchoService.Collect, EchoService.Chat, "/grpc.health.v1.Health/Check", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "/fairlead.testing.Echo/Nothing"];
    private static readonly string[] Encodings = ["", "identity", "gzip", "deflate", "br", "gzip, deflate"];
    private static readonly string[] Timeouts = ["100m", "100m", "100m", "100m", "0n", "1u", "99999999n", "x", "1s", "123456789S"];

    [Fact]
    public async Task Calls_OfRandomBodies_AreAllAnswered()
    {
        // A few hundred calls for each connection: the server takes many bodies that it stopped reading for a flood.
        foreach (var rounds in Enumerable.Range(0, Campaign.Rounds(2_000, 200_000)).Chunk(PerConnection))
            await CallAsync(rounds);

        Assert.Empty(server.Logger.Lines);
    }

    [Fact]
    public async Task Connections_OfRandomFirstBytes_DoNoHarm()
    {
        var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"u8.ToArray();
        for (var round = 0; round < Campaign.Rounds(300, 20_000); round++)
        {
            var random = new Random(Seed + round);
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            preface.AsSpan(0, random.Next(Math.Min(preface.Length, bytes.Length) + 1)).CopyTo(bytes);
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync("127.0.0.1", server.Port, TestContext.Current.CancellationToken);
            var cut = random.Next(bytes.Length + 1);
            await client.Client.SendAsync(bytes.AsMemory(0, cut));
            await client.Client.SendAsync(bytes.AsMemory(cut));
        }

        using var raw = new RawCall(server);
        Assert.Equal(GrpcStatusCode.Ok, (await raw.SendAsync(EchoService.Unary, new byte[5])).Status);
        Assert.Empty(server.Logger.Lines);
    }

    private async Task CallAsync(IEnumerable<int> rounds)
    {
        using var raw = new RawCall(server);
        await Parallel.ForEachAsync(rounds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (round, _) =>
        {
            var random = new Random(Seed + round);
            var (path, body) = (Paths[random.Next(Paths.Length)], Body(random));
            KeyValuePair<string, string>[] headers = [new("grpc-timeout", Timeouts[random.Next(Timeouts.Length)]), new("grpc-encoding", Encodings[random.Next(Encodings.Length)]), new("grpc-accept-encoding", "gzip")];
            try
            {
                var answer = await raw.SendAsync(path, body, headers);
                Assert.False(answer.Status is GrpcStatusCode.Internal or GrpcStatusCode.Unknown, answer.ToString());
            }
            catch (HttpRequestException e) when (e.InnerException is HttpProtocolException { ErrorCode: Http2Cancel })
            {
                // The deadline passed while an answer was on its way: there was no room for a status behind it.
            }
            catch (Exception e)
            {
                Assert.Fail($"Round {round}, '{path}', {string.Join(' ', headers)}, {Convert.ToHexString(body.AsSpan(0, Math.Min(body.Length, 200)))} of {body.Length}: {string.Join('\n', server.Logger.Lines)} {e}");
            }
        });
        Assert.Equal(GrpcStatusCode.Ok, (await raw.SendAsync(EchoService.Unary, new byte[5])).Status);
    }

    /// <summary>Good frames, then some bytes changed, cut off or added.</summary>
    private static byte[] Body(Random random)
    {
        using var stream = new MemoryStream();
        Span<byte> prefix = stackalloc byte[5];
        for (var frames = random.Next(4); frames > 0; frames--)
        {
            var payload = new byte[random.Next(3) == 0 ? random.Next(20_000) : random.Next(20)];
            random.NextBytes(payload);
            var message = new Note { Text = "text", Count = random.Next(5), Payload = ByteString.CopyFrom(payload), Compress = random.Next(4) == 0 }.ToByteArray();
            prefix[0] = (byte)(random.Next(4) == 0 ? random.Next(3) : 0);
            BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)message.Length);
            stream.Write(prefix);
            stream.Write(message);
        }

        var body = stream.ToArray();
        for (var changes = random.Next(4); changes > 0 && body.Length > 0; changes--)
            body[random.Next(2) == 0 ? random.Next(Math.Min(20, body.Length)) : random.Next(body.Length)] = (byte)random.Next(256);
        return random.Next(4) switch
        {
            0 => body[..random.Next(body.Length + 1)],
            1 => [.. body, .. body.AsSpan(0, random.Next(Math.Min(10, body.Length + 1)))],
            _ => body,
        };
    }
}
