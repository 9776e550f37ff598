using System.Net;
using System.Net.Sockets;
using Fairlead.Testing;

namespace Fairlead.Serving.Tests.Telemetry.Export;

/// <summary>Takes what is exported by OTLP over HTTP and keeps it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task loop;

    public Collector()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        loop = listener.ServeAsync(TakeAsync);
    }

    public string Url { get; }

    /// <summary>Headers of what came last.</summary>
    public WebHeaderCollection Headers { get; private set; } = [];

    public TakenTelemetry Taken { get; } = new();

    public async ValueTask DisposeAsync()
    {
        // Stopped first and closed then, it would look for its port again, which may be another's by now.
        listener.Close();
        await loop;
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        Headers = (WebHeaderCollection)context.Request.Headers;
        Taken.Take(context.Request.Url!.AbsolutePath == "/v1/traces", new ProtoFields(body.ToArray()));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
