using System.Net;
using System.Net.Sockets;
using Fairlead.Commands;
using Fairlead.Domain.Problems;

namespace Fairlead.Tests.Commands;

public sealed class UrlDigestTests
{
    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegin")]
    public async Task Read_FromAServerThatFallsSilent_EndsAndSaysSo(string said)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/rows.csv";
        var reading = UrlDigest.ReadAsync(url, new HastyTime(), TestContext.Current.CancellationToken);
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(said), TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => reading);

        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Equal($"Nothing came from '{url}' for 60 s, so that its digest cannot be told; give it by '--digest', or try again.", problem.Message);
    }

    /// <summary>A clock on which waiting takes a two-hundredth of the time.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new HastyTimer(base.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));

        private static TimeSpan Shorten(TimeSpan time) => time > TimeSpan.Zero ? time / 200 : time;

        private sealed class HastyTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Shorten(dueTime), Shorten(period));

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
