using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairlead.Testing;

namespace Fairlead.Monitoring.Tests.Canaries;

/// <summary>What a Prometheus server scrapes.</summary>
internal sealed class ScrapedServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<string> metrics;
    private readonly Task serving;
    private readonly SemaphoreSlim scraped = new(0);

    public ScrapedServer(Func<string> metrics)
    {
        this.metrics = metrics;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"localhost:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add($"http://{Address}/");
        listener.Start();
        serving = listener.ServeAsync(AnswerAsync);
    }

    public string Address { get; }

    /// <summary>Waits until it was scraped so often.</summary>
    public async Task WaitForAsync(int times, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
            Assert.True(await scraped.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken), $"Nobody scraped for a minute, after {i} times.");
    }

    public void Dispose()
    {
        listener.Close();
        serving.GetAwaiter().GetResult();
        scraped.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(metrics()));
        context.Response.Close();
        scraped.Release();
    }
}
