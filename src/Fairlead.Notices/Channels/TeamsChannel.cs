using System.Text.Json.Nodes;
using Fairlead.Domain.Notices;
using Fairlead.Notices.Sending;

namespace Fairlead.Notices.Channels;

/// <summary>Webhooks of workflows of Microsoft Teams, by an Adaptive Card.</summary>
internal sealed class TeamsChannel(JsonPost post, SecretReader secrets) : INoticeChannel
{
    // A card may have 28 KB; a mark more for each character still fits.
    private const int LongestText = 8000;
    private const int LongestTitle = 300;

    public string Kind => "teams";

    public int GatheredLines => 30;

    public Task<SendOutcome> SendAsync(ChannelDefinition channel, OutgoingNotice notice, CancellationToken cancellationToken)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = new JsonArray(
                new JsonObject { ["type"] = "TextBlock", ["text"] = PlainText.Short(notice.Title(PlainText.Markdown), LongestTitle), ["weight"] = "Bolder", ["size"] = "Medium", ["color"] = Color(notice.Content.Level), ["wrap"] = true },
                new JsonObject { ["type"] = "TextBlock", ["text"] = Lines(PlainText.Short(notice.Text(PlainText.Markdown), LongestText)), ["wrap"] = true },
                new JsonObject { ["type"] = "TextBlock", ["text"] = PlainText.Markdown(notice.Content.Project), ["isSubtle"] = true, ["spacing"] = "Small" }),
        };
        if (notice.Content.Link is { } link)
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open", ["url"] = link });
        var body = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        };
        return post.SendAsync(secrets.ReadUrl(((TeamsDefinition)channel).Url), body, cancellationToken);
    }

    /// <summary>Cards join lines unless a paragraph ends between them.</summary>
    private static string Lines(string text) => text.Replace("\n", "\n\n", StringComparison.Ordinal);

    private static string Color(NoticeLevel level) => level switch
    {
        NoticeLevel.Good => "Good",
        NoticeLevel.Warn => "Warning",
        NoticeLevel.Bad => "Attention",
        _ => "Default",
    };
}
