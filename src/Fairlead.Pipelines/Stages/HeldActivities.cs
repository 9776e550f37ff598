using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Pipelines.Stages;

/// <summary>Activities that do nothing while their environment is closed, say so, and are asked for again when it opens.</summary>
internal static class HeldActivities
{
    private const string Closed = "closed";
    private const string Environment = "environment";
    private const string Until = "until";

    /// <summary>A project file that was changed in the meantime is seen no later.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>What an activity gives that did nothing.</summary>
    public static JsonElement Output(string environment, DeployClosure closure) => StageData.Object(
        (Closed, closure.Reason), (Environment, environment), (Until, closure.Until?.ToString("O", CultureInfo.InvariantCulture)));

    /// <summary>What came of the activity in this attempt; null when it was not asked for, or only found its environment closed.</summary>
    public static ActivityRecord? Find(StageProgress progress, string name) => Tries(progress, name).LastOrDefault() is { } last && Reason(last) is null ? last : null;

    /// <summary>Asks for the activity, or waits with it: for one that <see cref="Find"/> does not find.</summary>
    public static StageStep Next(StageProgress progress, string name, string kind, JsonElement input)
    {
        var tries = Tries(progress, name).ToList();
        if (tries.Count == 0)
            return StageStep.Run(name, kind, input);
        var last = tries[^1];
        var due = last.FinishedAt + LongestPause;
        if (last.Output!.Value.TryGetProperty(Until, out var text))
        {
            var until = DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture);
            due = until < last.FinishedAt + ShortestPause ? last.FinishedAt + ShortestPause : until < due ? until : due;
        }

        return progress.Now >= due
            ? StageStep.Run($"{name}-{tries.Count + 1}", kind, input)
            : StageStep.Hold(due, $"waiting for the window of '{last.Output!.Value.GetProperty(Environment).GetString()}': {Reason(last)}");
    }

    private static IEnumerable<ActivityRecord> Tries(StageProgress progress, string name) =>
        progress.State.Done.Where(record => record.Name == name || record.Name.StartsWith(name + "-", StringComparison.Ordinal));

    private static string? Reason(ActivityRecord record) =>
        record.Output is { ValueKind: JsonValueKind.Object } output && output.TryGetProperty(Closed, out var reason) ? reason.GetString() : null;
}
