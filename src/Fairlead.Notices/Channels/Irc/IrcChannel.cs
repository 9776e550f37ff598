using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Domain.Notices;
using Fairlead.Notices.Robot;
using Fairlead.Notices.Sending;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices.Channels.Irc;

/// <summary>Channels of IRC networks.</summary>
/// <param name="trust">Whose certificates are taken; null for those that the system trusts.</param>
internal sealed class IrcChannel(SecretReader secrets, X509ChainPolicy? trust, ChatRobot robot, TimeProvider time, ILogger<IrcChannel> logger) : INoticeChannel, IAsyncDisposable
{
    private const int MostLines = 12;
    private readonly ConcurrentDictionary<string, IrcSession> sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim changing = new(1);

    public string Kind => "irc";

    public int GatheredLines => 8;

    public async Task<SendOutcome> SendAsync(ChannelDefinition channel, OutgoingNotice notice, CancellationToken cancellationToken)
    {
        var session = await SessionAsync((IrcDefinition)channel, cancellationToken).ConfigureAwait(false);
        var link = notice.Content.Link is { } url ? $" - {url}" : "";
        await session.SayAsync($"[{PlainText.OneLine(notice.Content.Project)}] {PlainText.OneLine(notice.Title(text => text))}{link}\n{notice.Text(text => text)}", MostLines, cancellationToken).ConfigureAwait(false);
        return SendOutcome.Delivered("it took every line");
    }

    /// <summary>Keeps up connections, opens those that the robot needs, and ends those that the project file has not any more.</summary>
    public async Task KeepAsync(IReadOnlyList<IrcDefinition> channels, CancellationToken cancellationToken)
    {
        foreach (var gone in sessions.Values.Where(session => !channels.Contains(session.Definition)).ToList())
        {
            if (sessions.TryRemove(KeyValuePair.Create(gone.Definition.Name, gone)))
                await gone.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(channels.Where(channel => channel.HasRobot || sessions.ContainsKey(channel.Name)).Select(async channel =>
            await (await SessionAsync(channel, cancellationToken).ConfigureAwait(false)).KeepAsync(cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in sessions.Values)
            await session.DisposeAsync().ConfigureAwait(false);
        changing.Dispose();
    }

    private async Task<IrcSession> SessionAsync(IrcDefinition definition, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (sessions.TryGetValue(definition.Name, out var known))
            {
                if (known.Definition == definition)
                    return known;
                await known.DisposeAsync().ConfigureAwait(false);
            }

            return sessions[definition.Name] = new IrcSession(definition, secrets, trust, robot, time, logger);
        }
        finally
        {
            changing.Release();
        }
    }
}
