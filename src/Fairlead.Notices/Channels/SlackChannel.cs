using System.Text.Json.Nodes;
using Fairlead.Domain.Notices;
using Fairlead.Notices.Sending;

namespace Fairlead.Notices.Channels;

/// <summary>Incoming webhooks of Slack, and of Mattermost and others that take the same.</summary>
internal sealed class SlackChannel(JsonPost post, SecretReader secrets) : INoticeChannel
{
    private const int LongestTitle = 150;
    private const int LongestText = 3000;

    public string Kind => "slack";

    public int GatheredLines => 30;

    public Task<SendOutcome> SendAsync(ChannelDefinition channel, OutgoingNotice notice, CancellationToken cancellationToken)
    {
        var title = PlainText.Short(notice.Title(PlainText.Slack), LongestTitle);
        var attachment = new JsonObject
        {
            ["fallback"] = title,
            ["color"] = Color(notice.Content.Level),
            ["title"] = title,
            ["text"] = PlainText.Short(notice.Text(PlainText.Slack), LongestText),
            ["footer"] = PlainText.Slack(notice.Content.Project),
            ["ts"] = notice.At.ToUnixTimeSeconds(),
        };
        if (notice.Content.Link is { } link)
            attachment["title_link"] = link;
        return post.SendAsync(secrets.ReadUrl(((SlackDefinition)channel).Url), new JsonObject { ["attachments"] = new JsonArray(attachment) }, cancellationToken);
    }

    private static string Color(NoticeLevel level) => level switch
    {
        NoticeLevel.Good => "#2e7d32",
        NoticeLevel.Warn => "#b26a00",
        NoticeLevel.Bad => "#b3261e",
        _ => "#5f6b7a",
    };
}
