using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

/// <summary>Looks at two server groups for a while, again and again, and ends as soon as it is certain.</summary>
public sealed class CanaryStage : IStage
{
    /// <summary>Says which groups are compared, and how: <c>control</c>, <c>candidate</c> and <c>dueAfter</c>, the seconds of the looks.</summary>
    public const string BeginKind = "canary-begin";

    /// <summary>Says what a look came to: <c>verdict</c> (good, bad or unknown), and what becomes the stage's output.</summary>
    public const string LookKind = "canary-look";

    private const string Look = "look-";
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public StageSchema Schema { get; } = StageSchemas.Find("canary")!;

    /// <inheritdoc />
    public StageStep Next(StageProgress progress)
    {
        var settings = progress.Settings;
        if (progress.State.Find("begin") is not { } begin)
            return StageStep.Run("begin", BeginKind, settings.Json);
        var hold = settings.Duration("for")!.Value;
        var looks = progress.State.Done.Where(record => record.Name.StartsWith(Look, StringComparison.Ordinal)).ToList();
        var last = looks.LastOrDefault();
        var since = begin.FinishedAt;
        if (last is not null && Conclude(progress, last, hold, since) is { } concluded)
            return concluded;
        var due = since + DueAfter(begin, looks, hold, since);
        return progress.Now >= due
            ? StageStep.Run(Look + (looks.Count + 1).ToString(CultureInfo.InvariantCulture), LookKind, StageData.Object(
                ("begin", begin.Output), ("since", since.ToString("O", CultureInfo.InvariantCulture)), ("until", progress.Now.ToString("O", CultureInfo.InvariantCulture)), ("for", settings.Required("for"))))
            : StageStep.Wait(due, last is null ? $"looks for the first time at {due.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}" : $"{Text(last, "reason")}");
    }

    /// <summary>Null while there is more to be seen.</summary>
    private static StageStep? Conclude(StageProgress progress, ActivityRecord last, TimeSpan hold, DateTimeOffset since)
    {
        var verdict = Text(last, "verdict");
        var isOver = last.Output!.Value.GetProperty("isLast").GetBoolean();
        if (verdict == "good" && isOver)
            return StageStep.Succeed(last.Output);
        var patience = progress.Settings.Duration("patience") ?? DefaultPatience;
        if (verdict == "unknown" && isOver && last.FinishedAt < since + hold + patience)
            return null;
        if (verdict != "bad" && !isOver)
            return null;
        return progress.Settings.Flag("must-be-good", true)
            ? StageStep.Fail(verdict == "bad" ? $"{Text(last, "reason")}" : $"It could not be judged within {patience.TotalSeconds:0} s after its time, and what was not judged is not good: {Text(last, "reason")}")
            : StageStep.Succeed(last.Output);
    }

    /// <summary>Since the beginning.</summary>
    private static TimeSpan DueAfter(ActivityRecord begin, List<ActivityRecord> looks, TimeSpan hold, DateTimeOffset since)
    {
        var planned = begin.Output!.Value.GetProperty("dueAfter").EnumerateArray().Select(seconds => TimeSpan.FromSeconds(seconds.GetDouble())).ToList();
        if (looks.Count < planned.Count && (looks.Count == 0 || !looks[^1].Output!.Value.GetProperty("isLast").GetBoolean()))
            return planned[looks.Count];

        // What was missing at the end may come.
        var pause = hold / 10 < LongestPause ? hold / 10 : LongestPause;
        return looks.Count == 0 ? hold : looks[^1].FinishedAt - since + pause;
    }

    private static string? Text(ActivityRecord record, string member) => record.Output is { ValueKind: JsonValueKind.Object } output && output.TryGetProperty(member, out var value) ? value.GetString() : null;
}
