using System.Net;
using System.Net.Sockets;
using System.Text;

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
        serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Waits until it was scraped so often.</summary>
    public async Task WaitForAsync(int times, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
            await scraped.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }

    public void Dispose()
    {
        listener.Close();
        serving.GetAwaiter().GetResult();
        scraped.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                context.Response.ContentType = "text/plain; version=0.0.4";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(metrics()));
                context.Response.Close();
                scraped.Release();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
