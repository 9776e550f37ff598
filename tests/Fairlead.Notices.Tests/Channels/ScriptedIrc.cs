using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fairlead.Notices.Tests.Channels;

/// <summary>A server with accounts, which ngircd has not: it signs one client in by SASL, and then says what a test wants.</summary>
internal sealed class ScriptedIrc : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Threading.Channels.Channel<string> heard = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;
    private NetworkStream? stream;

    public ScriptedIrc()
    {
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Proof { get; private set; } = "";

    public Task JoinedAsync() => joined.Task.WaitAsync(TestContext.Current.CancellationToken);

    public Task WriteAsync(string lines) => stream!.WriteAsync(Encoding.UTF8.GetBytes(lines + "\r\n"), TestContext.Current.CancellationToken).AsTask();

    public async Task<string> ReadUntilAsync(string begin)
    {
        while (true)
        {
            var line = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (line.StartsWith(begin, StringComparison.Ordinal))
                return line;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        if (stream is not null)
            await stream.DisposeAsync();
        await serving;
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(ending.Token);
            stream = client.GetStream();
            using var reader = new StreamReader(stream, new UTF8Encoding(false));
            while (await reader.ReadLineAsync(ending.Token) is { } line)
            {
                if (Answer(line) is { } answer)
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), ending.Token);
                else
                    await heard.Writer.WriteAsync(line, ending.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private string? Answer(string line)
    {
        switch (line.Split(' '))
        {
            case ["CAP", "LS", ..]:
                return "CAP * LS * :multi-prefix extended-join\r\nCAP * LS :sasl=PLAIN,EXTERNAL account-tag message-tags";
            case ["CAP", "REQ", ..]:
                return line == "CAP REQ :message-tags account-tag sasl" || line == "CAP REQ :account-tag message-tags sasl" ? $"CAP * ACK {line[8..]}" : "CAP * NAK :x";
            case ["AUTHENTICATE", "PLAIN"]:
                return "AUTHENTICATE +";
            case ["AUTHENTICATE", var proof]:
                Proof = proof;
                return ":s 903 fairlead :ok";
            case ["CAP", "END"]:
                return "PING :early\r\n:s 001 fairlead :welcome";
            case ["JOIN", ..]:
                joined.TrySetResult();
                return ":fairlead!f@h JOIN #delivery\r\n:s 353 fairlead = #delivery :fairlead @m\r\n:s 366 fairlead #delivery :End";
            case ["PING", ..]:
                return $":s PONG s {line[5..]}";
            case ["NICK" or "USER" or "PONG", ..]:
                return ":s NOTICE * :noted";
            default:
                return null;
        }
    }
}
