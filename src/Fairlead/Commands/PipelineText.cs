using System.Globalization;
using Fairlead.Domain.Pipelines.Executions;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>How executions are written for people.</summary>
internal static class PipelineText
{
    public static string Status(ExecutionStatus status, bool isPaused) => isPaused ? "paused" : status == ExecutionStatus.RollingBack ? "rolling back" : status.ToString().ToLowerInvariant();

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static Style Style(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => new Style(Color.Green),
        ExecutionStatus.Failed => new Style(Color.Red),
        ExecutionStatus.Cancelled => new Style(Color.Grey),
        _ => new Style(Color.Yellow),
    };

    public static string Mark(StageStatus status) => status switch
    {
        StageStatus.Succeeded => "+",
        StageStatus.Failed => "x",
        StageStatus.Cancelled => "-",
        StageStatus.Skipped => "~",
        StageStatus.Judging => "?",
        StageStatus.Running or StageStatus.Retrying => ">",
        _ => " ",
    };

    public static Style Style(StageStatus status) => status switch
    {
        StageStatus.Succeeded => new Style(Color.Green),
        StageStatus.Failed => new Style(Color.Red),
        StageStatus.Running or StageStatus.Judging or StageStatus.Retrying => new Style(Color.Yellow),
        _ => new Style(Color.Grey),
    };

    /// <summary>What is to be known of a stage beside its status.</summary>
    public static string Detail(StageState stage) =>
        stage.Error ?? stage.Note ?? (stage.Activity is { } activity ? $"{activity.Name} since {Time(activity.StartedAt)}" : stage.Output?.GetRawText() is { } output ? output.Length <= 120 ? output : output[..119] + "…" : "");

    /// <summary>How long it took, or takes until now.</summary>
    public static string Duration(StageState stage, DateTimeOffset now)
    {
        if (stage.StartedAt is not { } start)
            return "";
        var time = (stage.FinishedAt ?? now) - start;
        return time < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0.0}s") : time.ToString(time < TimeSpan.FromDays(1) ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
    }
}
