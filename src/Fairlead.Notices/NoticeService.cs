using System.Security.Cryptography.X509Certificates;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Fairlead.Notices.Channels;
using Fairlead.Notices.Channels.Irc;
using Fairlead.Notices.Channels.Mail;
using Fairlead.Notices.Robot;
using Fairlead.Notices.Sending;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices;

/// <summary>The channels with what delivers to them and what listens there.</summary>
public sealed class NoticeService : IAsyncDisposable
{
    private readonly IrcChannel irc;
    private readonly IWorkspace workspace;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;

    /// <param name="http">Does not follow redirects.</param>
    /// <param name="random">Spreads attempts.</param>
    /// <param name="trust">Whose certificates mail and IRC servers may have; null for those that the system trusts.</param>
    public NoticeService(
        IWorkspace workspace, INoticeCatalog catalog, HttpClient http, SecretReader secrets, ChatRobot robot, NoticeOptions options, TimeProvider time, Random random, ILoggerFactory loggers, X509ChainPolicy? trust = null)
    {
        (this.workspace, this.time, this.loggers) = (workspace, time, loggers);
        var post = new JsonPost(http);
        irc = new IrcChannel(secrets, trust, robot, time, loggers.CreateLogger<IrcChannel>());
        INoticeChannel[] kinds =
        [
            new SlackChannel(post, secrets),
            new TeamsChannel(post, secrets),
            new WebhookChannel(post, secrets, time),
            new SmtpChannel(secrets, trust, time, loggers.CreateLogger<SmtpChannel>()),
            irc,
        ];
        Courier = new NoticeCourier(workspace, catalog, kinds, options, time, random, loggers.CreateLogger<NoticeCourier>());
    }

    public NoticeCourier Courier { get; }

    /// <summary>What keeps up the connections by which the robot listens.</summary>
    public IHostedService CreateListener() => new IrcLoop(workspace, irc, time, loggers.CreateLogger<IrcLoop>());

    public async ValueTask DisposeAsync()
    {
        await Courier.DisposeAsync().ConfigureAwait(false);
        await irc.DisposeAsync().ConfigureAwait(false);
    }
}
