using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fairlead.Monitoring.Tests.Canaries;

/// <summary>A real HTTP server on the loopback that answers forms as a test says and keeps what it was asked.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<IReadOnlyDictionary<string, string>, (int Status, byte[] Body)> answer;
    private readonly Task serving;

    public AnsweringServer(Func<IReadOnlyDictionary<string, string>, (int Status, byte[] Body)> answer)
    {
        this.answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Url);
        listener.Start();
        serving = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Forms { get; } = new();

    public ConcurrentQueue<string?> Authorizations { get; } = new();

    public void Dispose()
    {
        listener.Close();
        serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var form = (await reader.ReadToEndAsync()).Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[^1]), StringComparer.Ordinal);
                Forms.Enqueue(form);
                Authorizations.Enqueue(context.Request.Headers["Authorization"]);
                var (status, body) = answer(form);
                context.Response.StatusCode = status;
                await WriteAsync(context.Response, body);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private static async Task WriteAsync(HttpListenerResponse response, byte[] body)
    {
        try
        {
            await response.OutputStream.WriteAsync(body);
            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException)
        {
            // The other side has heard enough.
        }
    }
}
