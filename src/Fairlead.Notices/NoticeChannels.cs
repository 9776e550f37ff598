using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Fairlead.Notices.Channels;
using Fairlead.Notices.Sending;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices;

/// <summary>The kinds of channels, and what they share.</summary>
public static class NoticeChannels
{
    /// <param name="http">Does not follow redirects.</param>
    /// <param name="random">Spreads attempts.</param>
    public static NoticeCourier CreateCourier(
        IWorkspace workspace, INoticeCatalog catalog, HttpClient http, SecretReader secrets, NoticeOptions options, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        var post = new JsonPost(http);
        INoticeChannel[] kinds = [new SlackChannel(post, secrets), new TeamsChannel(post, secrets), new WebhookChannel(post, secrets, time)];
        return new NoticeCourier(workspace, catalog, kinds, options, time, random, loggers.CreateLogger<NoticeCourier>());
    }
}
