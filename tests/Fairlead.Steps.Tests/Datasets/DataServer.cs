using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fairlead.Steps.Tests.Datasets;

/// <summary>An HTTP server that answers as a test wants it to: a request, an answer, the end of the connection.</summary>
internal sealed class DataServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, int, byte[]> answer;
    private readonly Predicate<int> isSilentAfter;
    private readonly Task work;

    /// <param name="answer">The bytes to send, by the head of the request and its number from 1.</param>
    /// <param name="isSilentAfter">Whether the connection stays open after that, and nothing comes any more, until the client leaves.</param>
    public DataServer(Func<string, int, byte[]> answer, Predicate<int>? isSilentAfter = null)
    {
        this.answer = answer;
        this.isSilentAfter = isSilentAfter ?? (static _ => false);
        listener.Start();
        work = Task.Run(ServeAsync);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/rows.csv";

    public List<string> Requests { get; } = [];

    public static byte[] Answer(string status, byte[] body, long? length = null, string headers = "") =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {length ?? body.Length}\r\nConnection: close\r\n{headers}\r\n"), .. body];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await work;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test ends, or a client left.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, stop.Token) is > 0 and var read)
            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        Requests.Add(head.ToString());
        await stream.WriteAsync(answer(head.ToString(), Requests.Count), stop.Token);
        if (!isSilentAfter(Requests.Count))
            return;
        try
        {
            await stream.ReadExactlyAsync(buffer, stop.Token);
        }
        catch (IOException)
        {
            // The client left.
        }
    }
}
