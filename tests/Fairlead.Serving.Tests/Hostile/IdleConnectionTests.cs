using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Connections that say nothing, or nothing more, cost memory only, and little of it.</summary>
public sealed class IdleConnectionTests
{
    /// <summary>Client and server are in one process here: both ends are counted.</summary>
    private const long MostBytesEach = 32 * 1024;
    private const int Files = 65_536;
    private const int OtherFiles = 1_000;

    [Theory]
    [InlineData("")]
    [InlineData("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /v2/models/score/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{")]
    public async Task Connections_IdleInThousands_OthersAreServed(string said)
    {
        var count = Math.Min(Campaign.Rounds(2_000, 10_000), MostConnections());
        await using var host = await TestHost.StartServingAsync();
        await AssertServedAsync(host);
        var (heap, resident) = Measure();
        var wires = new List<Wire>(count);
        try
        {
            for (var n = 0; n < count; n++)
            {
                var wire = await Wire.OpenAsync(host.Port);
                wires.Add(wire);
                await wire.TrySendAsync(Encoding.Latin1.GetBytes(said));
            }

            for (var n = 0; n < 50; n++)
                await AssertServedAsync(host);

            var (heapNow, residentNow) = Measure();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} connections, each {(heapNow - heap) / count:N0} bytes of heap, {(residentNow - resident) / count:N0} resident, both ends"));
            Assert.InRange((heapNow - heap) / count, -MostBytesEach, MostBytesEach);
        }
        finally
        {
            wires.ForEach(wire => wire.Dispose());
        }

        await AssertServedAsync(host);
    }

    private static (long Heap, long Resident) Measure()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (heap, self.WorkingSet64);
    }

    /// <summary>What this process may open, raised where that is allowed: both ends of a connection are files of it.</summary>
    private static int MostConnections()
    {
        using var raise = Process.Start(new ProcessStartInfo("prlimit", [$"--pid={Environment.ProcessId}", $"--nofile={Files}:{Files}"]) { RedirectStandardError = true })!;
        raise.WaitForExit();
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return limit == "unlimited" ? int.MaxValue : (int.Parse(limit, CultureInfo.InvariantCulture) - OtherFiles) / 2;
    }

    private static async Task AssertServedAsync(TestHost host)
    {
        using var answer = await host.InferAsync(1, 2);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
