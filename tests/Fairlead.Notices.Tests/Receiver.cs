using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fairlead.Testing;

namespace Fairlead.Notices.Tests;

/// <summary>A real HTTP server on the loopback that answers as a test says and keeps what it was sent.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public Receiver()
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

    /// <summary>Decides for each body; null leaves it to <see cref="Status"/>.</summary>
    public Func<string, int?> Decide { get; set; } = _ => null;

    public string? RetryAfter { get; set; }

    public ConcurrentQueue<(IReadOnlyDictionary<string, string?> Headers, byte[] Body, string Path)> Received { get; } = new();

    public IReadOnlyList<JsonElement> Bodies => [.. Received.Select(received => JsonDocument.Parse(received.Body).RootElement)];

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
        context.Response.StatusCode = Decide(Encoding.UTF8.GetString(body.ToArray())) ?? Status;
        if (RetryAfter is { } after)
            context.Response.Headers["Retry-After"] = after;
        Received.Enqueue((headers, body.ToArray(), context.Request.Url!.AbsolutePath));
    }
}
