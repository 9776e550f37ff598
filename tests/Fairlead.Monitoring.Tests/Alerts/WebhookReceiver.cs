using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Fairlead.Testing;

namespace Fairlead.Monitoring.Tests.Alerts;

/// <summary>A real HTTP server on the loopback that answers as a test says and keeps what it was sent.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public WebhookReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/";
        }

        listener.Prefixes.Add(Url);
        listener.Start();
        serving = listener.ServeAsync(TakeAsync);
    }

    public string Url { get; }

    public int Status { get; set; } = 200;

    public ConcurrentQueue<(IReadOnlyDictionary<string, string?> Headers, byte[] Body)> Received { get; } = new();

    public void Dispose()
    {
        listener.Close();
        serving.GetAwaiter().GetResult();
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var headers = context.Request.Headers.AllKeys.OfType<string>().ToDictionary(key => key, key => context.Request.Headers[key], StringComparer.OrdinalIgnoreCase);
        Received.Enqueue((headers, body.ToArray()));
        context.Response.StatusCode = Status;
    }
}
