using System.Net.Sockets;
using System.Text;

namespace Fairlead.Notices.Tests.Channels;

/// <summary>Somebody with a plain IRC client.</summary>
internal sealed class IrcPerson : IDisposable
{
    private readonly TcpClient client = new();
    private StreamReader reader = StreamReader.Null;
    private StreamWriter writer = StreamWriter.Null;

    public static async Task<IrcPerson> JoinAsync(int port, string nick, string? channel = "#delivery")
    {
        var person = new IrcPerson();
        await person.client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        var encoding = new UTF8Encoding(false);
        person.reader = new StreamReader(person.client.GetStream(), encoding);
        person.writer = new StreamWriter(person.client.GetStream(), encoding) { NewLine = "\r\n", AutoFlush = true };
        await person.writer.WriteLineAsync($"NICK {nick}");
        await person.writer.WriteLineAsync($"USER {nick} 0 * :{nick}");
        await person.ReadUntilAsync(" 001 ");
        if (channel is not null)
        {
            await person.writer.WriteLineAsync($"JOIN {channel}");
            await person.ReadUntilAsync(" 366 ");
        }

        return person;
    }

    public Task WriteAsync(string line) => writer.WriteLineAsync(line);

    public Task SayAsync(string target, string text) => writer.WriteLineAsync($"PRIVMSG {target} :{text}");

    /// <summary>The next line that holds a text.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("PING ", StringComparison.Ordinal))
                await writer.WriteLineAsync("PONG " + line[5..]);
            else if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new EndOfStreamException($"'{text}' was not said.");
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
