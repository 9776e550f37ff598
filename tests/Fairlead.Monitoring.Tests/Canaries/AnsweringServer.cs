using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Fairlead.Testing;

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
        serving = listener.ServeAsync(AnswerAsync);
    }

    public string Url { get; }

    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Forms { get; } = new();

    public ConcurrentQueue<string?> Authorizations { get; } = new();

    public void Dispose()
    {
        listener.Close();
        serving.GetAwaiter().GetResult();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var form = (await reader.ReadToEndAsync()).Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[^1]), StringComparer.Ordinal);
        Forms.Enqueue(form);
        Authorizations.Enqueue(context.Request.Headers["Authorization"]);
        var (status, body) = answer(form);
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(body);
    }
}
