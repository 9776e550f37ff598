using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Notices.Outbox;

/// <summary>Tells what stages want to have told: their messages, and that somebody is to judge. Done when it is in the queues.</summary>
public sealed class StageNotices(INoticeOutbox outbox, TimeProvider time) : INoticeSender
{
    private const string Asks = "/ask";
    private const string AsksFurther = "/escalate";

    /// <inheritdoc/>
    public async Task<bool> SendAsync(string key, string message, JsonElement details, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var word = key.EndsWith(Asks, StringComparison.Ordinal) ? NoticeEvents.JudgmentWaiting
            : key.EndsWith(AsksFurther, StringComparison.Ordinal) ? NoticeEvents.JudgmentEscalated : NoticeEvents.StageMessage;
        var (pipeline, execution, stage) = (Text(details, "pipeline"), Text(details, "execution"), Text(details, "stage"));
        var environment = details.TryGetProperty("judgment", out var judgment) && judgment.ValueKind == JsonValueKind.Object ? Text(judgment, "environment") : "";
        var isJudgment = word != NoticeEvents.StageMessage;
        return await outbox.AddAsync(
            new NoticeDraft
            {
                Key = key,
                Event = word,
                Subject = $"execution/{execution}",
                At = now,
                Title = isJudgment ? $"{pipeline} {execution} waits for a judgment in '{stage}'" : $"{pipeline} {execution}: {stage}",
                Fields = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [NoticeFields.Message] = message,
                    [NoticeFields.Pipeline] = pipeline,
                    [NoticeFields.Execution] = execution,
                    [NoticeFields.Stage] = stage,
                    [NoticeFields.Environment] = environment,
                    [NoticeFields.Judges] = string.Join(", ", Texts(details, "judges")),
                },
                Pipeline = pipeline,
                Stage = stage,
                Environments = environment.Length > 0 ? [environment] : [],
                Path = isJudgment ? $"/executions/{execution}/judgments/{Uri.EscapeDataString(stage)}" : $"/executions/{execution}",
                Data = JsonSerializer.SerializeToElement(new JsonObject { ["delivery"] = key, ["at"] = now, ["message"] = message, ["details"] = JsonNode.Parse(details.GetRawText()) }),
                To = Texts(details, "to"),
            },
            cancellationToken).ConfigureAwait(false) > 0;
    }

    private static string Text(JsonElement details, string name) => details.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static IReadOnlyList<string> Texts(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.ToString())] : [];
}
