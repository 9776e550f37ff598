using System.Text;
using System.Text.Json;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices.Tests.Channels;

/// <summary>What Slack, Teams and programs are sent, with values that somebody hostile chose.</summary>
public sealed class WrittenMessageTests : IAsyncDisposable
{
    private const string Hostile = "<!channel> @here [click](http://evil) *b* & \"q\"\r\nX-Evil: 1\0 \u0007";
    private readonly Bench bench = new();
    private readonly Receiver receiver = new();

    public WrittenMessageTests()
    {
        bench.Secrets["env:URL"] = receiver.Url;
        bench.Secrets["env:KEY"] = "a key";
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        receiver.Dispose();
    }

    [Fact]
    public async Task Slack_HostileText_IsShownAsItIs()
    {
        var body = await SendAsync(new SlackDefinition { Name = "c", Url = "env:URL" });

        var attachment = body.GetProperty("attachments")[0];
        Assert.Equal("&lt;!channel&gt; @\u200Bhere [click](http://evil) *b* &amp; \"q\"\nX-Evil: 1   ", attachment.GetProperty("text").GetString());
        Assert.Equal("#b3261e", attachment.GetProperty("color").GetString());
        Assert.Equal("http://localhost:7070/executions/7", attachment.GetProperty("title_link").GetString());
        Assert.Equal(bench.Time.GetUtcNow().ToUnixTimeSeconds(), attachment.GetProperty("ts").GetInt64());
    }

    [Fact]
    public async Task Slack_ATemplate_KeepsItsOwnMarks()
    {
        bench.Project.Notify = new NotifyDefinition
        {
            Channels = [new SlackDefinition { Name = "c", Url = "env:URL" }], Rules = [new NoticeRule { On = ["execution.*"], To = ["c"], Template = "*{{ pipeline }}* <https://x|here>: {{ message }} {{alert}}" }],
        };
        await bench.Outbox.AddAsync(bench.Draft("k", NoticeEvents.ExecutionFailed) with { Fields = new Dictionary<string, string> { [NoticeFields.Pipeline] = "<p>", [NoticeFields.Message] = "m" } }, Token);
        await bench.DeliverAsync();

        Assert.Equal("*&lt;p&gt;* <https://x|here>: m ", receiver.Bodies[0].GetProperty("attachments")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Teams_HostileText_IsAnAdaptiveCardWithoutMarks()
    {
        var body = await SendAsync(new TeamsDefinition { Name = "c", Url = "env:URL" });

        var attachment = body.GetProperty("attachments")[0];
        var card = attachment.GetProperty("content");
        Assert.Equal(("message", "application/vnd.microsoft.card.adaptive", "AdaptiveCard", "1.4"), (body.GetProperty("type").GetString(), attachment.GetProperty("contentType").GetString(), card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        Assert.All(card.GetProperty("body").EnumerateArray(), block => Assert.Equal("TextBlock", block.GetProperty("type").GetString()));
        Assert.Contains(@"\[click\]\(http://evil\) \*b\*", card.GetProperty("body")[1].GetProperty("text").GetString());
        Assert.Equal(("Action.OpenUrl", "http://localhost:7070/executions/7"), (card.GetProperty("actions")[0].GetProperty("type").GetString(), card.GetProperty("actions")[0].GetProperty("url").GetString()));
    }

    [Fact]
    public async Task Teams_ALongText_StaysWithinWhatACardMayHave()
    {
        await SendAsync(new TeamsDefinition { Name = "c", Url = "env:URL" }, string.Concat(Enumerable.Repeat("*_[]", 10_000)));

        Assert.InRange(receiver.Received.Single().Body.Length, 1000, 28_000);
    }

    [Fact]
    public async Task Webhook_AMessage_IsASignedCloudEvent()
    {
        var body = await SendAsync(new WebhookDefinition { Name = "c", Url = receiver.Url, Secret = "env:KEY" });

        var (headers, bytes, _) = receiver.Received.Single();
        Assert.StartsWith("application/cloudevents+json", headers["Content-Type"]);
        Assert.Equal(RequestSignature.Sign("a key", headers[RequestSignature.TimestampHeader]!, bytes), headers[RequestSignature.SignatureHeader]);
        Assert.Equal("k%20%C3%BC/1", headers[RequestSignature.DeliveryHeader]);
        Assert.Equal(
            ("1.0", "k ü/1", "fairlead://shop", "fairlead.execution.failed", "execution/7", "application/json", "2026-03-02T09:00:00.000Z"),
            (body.GetProperty("specversion").GetString(), body.GetProperty("id").GetString(), body.GetProperty("source").GetString(), body.GetProperty("type").GetString(), body.GetProperty("subject").GetString(), body.GetProperty("datacontenttype").GetString(), body.GetProperty("time").GetString()));

        // Programs get what was said as it was said.
        Assert.Equal(Hostile, body.GetProperty("data").GetProperty("text").GetString());
        Assert.Equal(("bad", "prod", 1), (body.GetProperty("data").GetProperty("level").GetString(), body.GetProperty("data").GetProperty("fields").GetProperty("pipeline").GetString(), body.GetProperty("data").GetProperty("details").GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task Webhook_OfTheEarlierForm_GetsTheDataAlone()
    {
        var body = await SendAsync(new WebhookDefinition { Name = "c", Url = receiver.Url, IsPlain = true });

        Assert.Equal("""{"n":1}""", body.GetRawText());
        Assert.Equal("application/json", receiver.Received.Single().Headers["Content-Type"]);
    }

    private async Task<JsonElement> SendAsync(ChannelDefinition channel, string message = Hostile)
    {
        bench.Project.Notify = new NotifyDefinition { Channels = [channel] };
        var draft = bench.Draft("k ü/1", NoticeEvents.ExecutionFailed) with { Data = JsonDocument.Parse("""{"n":1}""").RootElement.Clone(), To = ["c"] };
        await bench.Outbox.AddAsync(draft with { Fields = new Dictionary<string, string>(draft.Fields) { [NoticeFields.Message] = message } }, Token);
        Assert.Equal(1, await bench.DeliverAsync());
        return receiver.Bodies.Single();
    }
}
