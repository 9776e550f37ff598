using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

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
        loop = TakeAsync();
    }

    public string Url { get; }

    /// <summary>Headers of what came last.</summary>
    public WebHeaderCollection Headers { get; private set; } = [];

    /// <summary>Spans with the attributes of what they come from.</summary>
    public ConcurrentQueue<(Dictionary<string, string> Resource, ProtoFields Span)> Spans { get; } = new();

    public ConcurrentQueue<ProtoFields> Metrics { get; } = new();

    public async Task<List<ProtoFields>> WaitForSpansAsync(string trace, int count)
    {
        while (true)
        {
            var spans = Spans.Select(pair => pair.Span).Where(span => span.Hex(1) == trace).ToList();
            if (spans.Count >= count)
                return spans;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Stopped first and closed then, it would look for its port again, which may be another's by now.
        listener.Close();
        await loop;
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Headers = (WebHeaderCollection)context.Request.Headers;
                Take(context.Request.Url!.AbsolutePath, new ProtoFields(body.ToArray()));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
        {
            // The end.
        }
    }

    private void Take(string path, ProtoFields message)
    {
        foreach (var resource in message.All(1))
        {
            if (path == "/v1/traces")
            {
                var attributes = resource.All(1).Single().Attributes(1);
                foreach (var span in resource.Within(2, 2))
                    Spans.Enqueue((attributes, span));
            }
            else
            {
                foreach (var metric in resource.Within(2, 2))
                    Metrics.Enqueue(metric);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
