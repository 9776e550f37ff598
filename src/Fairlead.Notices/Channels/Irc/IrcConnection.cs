using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Notices.Channels.Lines;

namespace Fairlead.Notices.Channels.Irc;

/// <summary>One connection to an IRC server, from signing in and joining on until it breaks.</summary>
internal sealed class IrcConnection : IAsyncDisposable
{
    private const int MostNicks = 6;
    private const int SaslChunk = 400;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);
    private static readonly HashSet<string> JoinErrors = new(StringComparer.Ordinal) { "403", "405", "407", "437", "461", "471", "473", "474", "475", "476", "477", "489" };
    private static readonly HashSet<string> SendErrors = new(StringComparer.Ordinal) { "401", "403", "404", "407", "412", "415", "442", "477" };
    private readonly LineConnection lines;
    private readonly IrcDefinition definition;
    private readonly FloodLimit flood;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> pongs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IrcWhois> asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> members = new(StringComparer.OrdinalIgnoreCase);
    private readonly Action<IrcMessage> onMessage;
    private readonly Action<string> onLeft;
    private volatile string? sendError;
    private volatile string frame = "";
    private long heardAt;
    private int pings;
    private Task reading = Task.CompletedTask;

    private IrcConnection(LineConnection lines, IrcDefinition definition, Action<IrcMessage> onMessage, Action<string> onLeft, TimeProvider time)
    {
        (this.lines, this.definition, this.onMessage, this.onLeft, this.time) = (lines, definition, onMessage, onLeft, time);
        flood = new FloodLimit(time);
        Nick = definition.Nick;
        heardAt = time.GetTimestamp();
    }

    public string Nick { get; private set; }

    /// <summary>Done when the connection has ended.</summary>
    public Task Ended => reading;

    /// <summary>Why it ended, for people.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Connects, signs in and joins.</summary>
    /// <param name="onMessage">Called for what is said to the robot; must not wait.</param>
    /// <param name="onLeft">Called with the nick of who leaves or takes another one, and with an empty text when nobody is seen any more.</param>
    /// <exception cref="FairleadException">Unavailable: the server refuses.</exception>
    public static async Task<IrcConnection> OpenAsync(
        IrcDefinition definition, string? password, string? key, X509ChainPolicy? trust, Action<IrcMessage> onMessage, Action<string> onLeft, TimeProvider time, CancellationToken cancellationToken)
    {
        var lines = await LineConnection.OpenAsync(definition.Host, definition.Port, definition.IsTls, trust, cancellationToken).ConfigureAwait(false);
        var connection = new IrcConnection(lines, definition, onMessage, onLeft, time);
        try
        {
            await connection.RegisterAsync(password, cancellationToken).ConfigureAwait(false);
            await connection.JoinAsync(key, cancellationToken).ConfigureAwait(false);
            connection.reading = Task.Run(connection.ReadAsync, CancellationToken.None);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>True while somebody is seen in the channel.</summary>
    public bool Sees(string nick) => members.ContainsKey(nick);

    /// <summary>Says lines, as fast as the server allows, and waits until the server has taken them.</summary>
    /// <param name="target">Channel or nick.</param>
    /// <exception cref="FairleadException">Unavailable: the server refuses them.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task SayAsync(string target, string text, int mostLines, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            sendError = null;
            foreach (var line in IrcText.Lines(text, $"{frame} PRIVMSG {target} :").Take(mostLines))
            {
                await flood.WaitAsync(cancellationToken).ConfigureAwait(false);
                await WriteAsync($"PRIVMSG {target} :{line}", cancellationToken).ConfigureAwait(false);
            }

            // A server does one thing after the other: its answer to this comes when it has done the above.
            await PingAsync(cancellationToken).ConfigureAwait(false);
            if (sendError is { } error)
                throw FairleadException.Unavailable($"The IRC server does not take messages for '{target}': {error}.");
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>The services' account of somebody, as the server knows it now; null for none, or when it is somebody else by now.</summary>
    /// <param name="source"><c>nick!user@host</c> of the message.</param>
    public async Task<string?> FindAccountAsync(string source, CancellationToken cancellationToken)
    {
        var nick = source[..Math.Max(0, source.IndexOf('!', StringComparison.Ordinal))];
        var whois = asked.GetOrAdd(nick, _ => new IrcWhois());
        try
        {
            await WriteAsync($"WHOIS {nick}", cancellationToken).ConfigureAwait(false);
            await whois.Ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return whois.Source == source ? whois.Account : null;
        }
        finally
        {
            asked.TryRemove(nick, out _);
        }
    }

    /// <summary>Asks for a sign of life when there was none for a while; false when the last one was not answered.</summary>
    public async Task<bool> KeepAliveAsync(CancellationToken cancellationToken)
    {
        var silent = time.GetElapsedTime(Interlocked.Read(ref heardAt));
        if (silent >= 2 * Quiet)
            return false;
        if (silent >= Quiet)
            await WriteAsync($"PING :alive{Interlocked.Increment(ref pings)}", cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await lines.DisposeAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        closing.Dispose();
        writing.Dispose();
        sending.Dispose();
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        var token = $"said{Interlocked.Increment(ref pings)}";
        var pong = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pongs[token] = pong;
        try
        {
            await WriteAsync($"PING :{token}", cancellationToken).ConfigureAwait(false);
            if (await Task.WhenAny(pong.Task, reading).WaitAsync(cancellationToken).ConfigureAwait(false) != pong.Task)
                throw new IOException($"the connection ended: {Problem}");
        }
        finally
        {
            pongs.TryRemove(token, out _);
        }
    }

    private async Task WriteAsync(string line, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await lines.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task RegisterAsync(string? password, CancellationToken cancellationToken)
    {
        var usesSasl = password is not null && !definition.UsesNickServ;
        await WriteAsync("CAP LS 302", cancellationToken).ConfigureAwait(false);
        await WriteAsync($"NICK {Nick}", cancellationToken).ConfigureAwait(false);
        await WriteAsync("USER fairlead 0 * :Fairlead", cancellationToken).ConfigureAwait(false);
        var capabilities = new List<string>();
        var (tried, isSignedIn) = (1, false);
        while (true)
        {
            var line = await NextAsync(cancellationToken).ConfigureAwait(false);
            switch (line.Command)
            {
                case "CAP" when line[1].Equals("LS", StringComparison.OrdinalIgnoreCase):
                    capabilities.AddRange(line.Parameters[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=')[0]));
                    if (line[2] != "*")
                        await ChooseAsync(capabilities, usesSasl, cancellationToken).ConfigureAwait(false);
                    break;
                case "CAP" when line[1].Equals("ACK", StringComparison.OrdinalIgnoreCase):
                    await WriteAsync(usesSasl ? "AUTHENTICATE PLAIN" : "CAP END", cancellationToken).ConfigureAwait(false);
                    break;
                case "CAP" when line[1].Equals("NAK", StringComparison.OrdinalIgnoreCase):
                    if (usesSasl)
                        throw Refused("it does not let accounts sign in by SASL");
                    await WriteAsync("CAP END", cancellationToken).ConfigureAwait(false);
                    break;
                case "AUTHENTICATE":
                    await AuthenticateAsync(password!, cancellationToken).ConfigureAwait(false);
                    break;
                case "903":
                    isSignedIn = true;
                    await WriteAsync("CAP END", cancellationToken).ConfigureAwait(false);
                    break;
                case "902" or "904" or "905" or "906" or "908":
                    throw Refused($"it refused the account '{definition.User}': {line.Parameters[^1]}");
                case "432" or "433" or "436" or "437" when tried < MostNicks:
                    Nick = NickOf(tried++);
                    await WriteAsync($"NICK {Nick}", cancellationToken).ConfigureAwait(false);
                    break;
                case "432" or "433" or "436" or "437":
                    throw Refused($"the nick '{definition.Nick}' and its like are in use");
                case "464" or "465" or "466":
                    throw Refused(line.Parameters[^1]);
                case "001" when usesSasl && !isSignedIn:
                    throw Refused("it does not let accounts sign in by SASL; use 'login: nickserv'");
                case "001":
                    Nick = line[0];
                    if (password is not null && definition.UsesNickServ)
                        await WriteAsync($"PRIVMSG NickServ :IDENTIFY {definition.User} {PlainText.OneLine(password)}", cancellationToken).ConfigureAwait(false);
                    return;
            }
        }
    }

    private string NickOf(int tried) => tried < 3
        ? definition.Nick + new string('_', tried)
        : $"{definition.Nick}{tried.ToString(CultureInfo.InvariantCulture)}";

    private async Task ChooseAsync(List<string> capabilities, bool usesSasl, CancellationToken cancellationToken)
    {
        if (usesSasl && !capabilities.Contains("sasl"))
            throw Refused("it does not let accounts sign in by SASL; use 'login: nickserv'");
        List<string> wanted = [.. capabilities.Intersect(["message-tags", "account-tag"]), .. usesSasl ? new[] { "sasl" } : []];
        await WriteAsync(wanted.Count > 0 ? $"CAP REQ :{string.Join(' ', wanted)}" : "CAP END", cancellationToken).ConfigureAwait(false);
    }

    private async Task AuthenticateAsync(string password, CancellationToken cancellationToken)
    {
        var proof = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{definition.User}\0{definition.User}\0{password}"));
        for (var from = 0; from < proof.Length; from += SaslChunk)
            await WriteAsync($"AUTHENTICATE {proof[from..Math.Min(proof.Length, from + SaslChunk)]}", cancellationToken).ConfigureAwait(false);
        if (proof.Length % SaslChunk == 0)
            await WriteAsync("AUTHENTICATE +", cancellationToken).ConfigureAwait(false);
    }

    private async Task JoinAsync(string? key, CancellationToken cancellationToken)
    {
        await WriteAsync(key is null ? $"JOIN {definition.Channel}" : $"JOIN {definition.Channel} {PlainText.OneLine(key).Replace(' ', '_')}", cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var line = await NextAsync(cancellationToken).ConfigureAwait(false);
            if (JoinErrors.Contains(line.Command))
                throw Refused($"it does not let '{Nick}' join '{definition.Channel}': {line.Parameters[^1]}");
            Note(line);
            if (line.Command == "366")
                return;
        }
    }

    /// <summary>The next line that is not only a sign of life.</summary>
    private async Task<IrcLine> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var text = await lines.ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw new IOException($"'{definition.Host}' closed the connection");
            Interlocked.Exchange(ref heardAt, time.GetTimestamp());
            if (IrcLine.Parse(text) is not { } line)
                continue;
            if (line.Command == "PING")
                await WriteAsync($"PONG :{line.Parameters[^1]}", cancellationToken).ConfigureAwait(false);
            else if (line.Command == "ERROR")
                throw Refused(line[0]);
            else
                return line;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                Take(await NextAsync(closing.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or FairleadException or OperationCanceledException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            Problem = e.Message;
        }

        foreach (var whois in asked.Values)
            whois.Ended.TrySetResult();
        onLeft("");
    }

    private void Take(IrcLine line)
    {
        if (line.Command == "PONG" && pongs.TryGetValue(line.Parameters[^1], out var pong))
            pong.TrySetResult();
        else if (SendErrors.Contains(line.Command))
            sendError = line.Parameters[^1];
        else if (line.Command == "PRIVMSG")
            Hear(line);
        Note(line);
    }

    private void Hear(IrcLine line)
    {
        var (target, text) = (line[0], line[1]);
        var isPrivate = target.Equals(Nick, StringComparison.OrdinalIgnoreCase);

        // What begins with this is not said, but does something to the client.
        if (text.StartsWith('\x01') || !line.Source.Contains('!', StringComparison.Ordinal))
            return;
        string[] calls = [$"{Nick}:", $"{Nick},", "!fairlead"];
        var call = calls.FirstOrDefault(prefix => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        if (isPrivate || call is not null)
            onMessage(new IrcMessage(line.Source, line.Nick, line.Account, isPrivate ? line.Nick : target, isPrivate, text[(call?.Length ?? 0)..].Trim()));
    }

    /// <summary>Notes who is there, and what was asked.</summary>
    private void Note(IrcLine line)
    {
        var isMe = line.Nick.Equals(Nick, StringComparison.OrdinalIgnoreCase);
        switch (line.Command)
        {
            case "JOIN" when isMe:
                frame = ":" + line.Source;
                break;
            case "JOIN":
                members[line.Nick] = true;
                break;
            case "353":
                foreach (var nick in line.Parameters[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    members[nick.TrimStart('@', '+', '%', '&', '~', '!')] = true;
                break;
            case "NICK" when isMe:
                Nick = line[0];
                frame = $":{Nick}{line.Source[line.Nick.Length..]}";
                break;
            case "NICK":
                Leave(line.Nick);
                members[line[0]] = true;
                break;
            case "PART" or "KICK" or "QUIT":
                LeaveOf(line, isMe);
                break;
            case "311" when asked.TryGetValue(line[1], out var whois):
                whois.Source = $"{line[1]}!{line[2]}@{line[3]}";
                break;
            case "330" when asked.TryGetValue(line[1], out var whois):
                whois.Account = line[2];
                break;
            case "318" when asked.TryGetValue(line[1], out var whois):
                whois.Ended.TrySetResult();
                break;
        }
    }

    private void LeaveOf(IrcLine line, bool isMe)
    {
        var nick = line.Command == "KICK" ? line[1] : line.Nick;
        if (nick.Equals(Nick, StringComparison.OrdinalIgnoreCase) || (isMe && line.Command != "KICK"))
            throw Refused($"it put '{Nick}' out of '{definition.Channel}'");
        Leave(nick);
    }

    private void Leave(string nick)
    {
        members.TryRemove(nick, out _);
        onLeft(nick);
    }

    private FairleadException Refused(string why) => FairleadException.Unavailable($"The IRC server '{definition.Host}' ended it: {PlainText.Short(PlainText.OneLine(why), 200)}.");
}
