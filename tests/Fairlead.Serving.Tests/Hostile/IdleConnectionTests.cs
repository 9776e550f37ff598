using System.Diagnostics;
using System.Globalization;
using System.Net;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Connections that say nothing, or nothing more, cost memory only, and little of it. Their other ends are a process of its own, so that neither runs out of files.</summary>
public sealed class IdleConnectionTests
{
    private const long MostBytesEach = 16 * 1024;

    /// <summary>Opens connections to a port, says the same on each, tells that it is done, and keeps them until it is told to end.</summary>
    private const string Clients = """
        import socket, sys
        port, count, said = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode("latin-1")
        kept = []
        for _ in range(count):
            client = socket.create_connection(("127.0.0.1", port))
            client.sendall(said)
            kept.append(client)
        print("ready", flush=True)
        sys.stdin.read()
        """;

    [Theory]
    [InlineData("")]
    [InlineData("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /v2/models/score/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{")]
    public async Task Connections_IdleInThousands_OthersAreServed(string said)
    {
        var count = Campaign.Rounds(2_000, 10_000);
        await using var host = await TestHost.StartServingAsync();
        await AssertServedAsync(host);
        var (heap, resident) = Measure();
        using var clients = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Clients, $"{host.Port}", $"{count}", said]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("ready", await clients.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            for (var n = 0; n < 50; n++)
                await AssertServedAsync(host);

            var (heapNow, residentNow) = Measure();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} connections, each {(heapNow - heap) / count:N0} bytes of heap, {(residentNow - resident) / count:N0} resident"));
            Assert.InRange((heapNow - heap) / count, -MostBytesEach, MostBytesEach);
        }
        finally
        {
            clients.StandardInput.Close();
            await clients.WaitForExitAsync(CancellationToken.None);
        }

        await AssertServedAsync(host);
    }

    private static (long Heap, long Resident) Measure()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (heap, self.WorkingSet64);
    }

    private static async Task AssertServedAsync(TestHost host)
    {
        using var answer = await host.InferAsync(1, 2);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
