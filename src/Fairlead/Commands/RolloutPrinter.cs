using System.Globalization;
using Fairlead.Domain.Deployments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>Rollouts for people.</summary>
internal static class RolloutPrinter
{
    private const int BarWidth = 30;

    public static Table List(IEnumerable<Rollout> rollouts)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("rollout", "environment", "what", "release", "state", "step", "by", "began");
        foreach (var rollout in rollouts)
        {
            table.AddRow(
                new Text(rollout.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(rollout.Environment),
                new Text(rollout.Kind == RolloutKind.Rollback ? "rollback" : rollout.Strategy.Kind.Word()),
                new Text(rollout.Release.ToString()),
                new Text(StateOf(rollout), StyleOf(rollout)),
                new Text($"{rollout.Step + 1} of {rollout.Steps.Count}"),
                new Text(rollout.StartedBy),
                new Text(Time(rollout.StartedAt)));
        }

        return table;
    }

    public static IRenderable Draw(Rollout rollout)
    {
        var rows = new List<IRenderable>
        {
            new Markup($"rollout {rollout.Number}: {Markup.Escape(rollout.Describe())}, by {Markup.Escape(rollout.StartedBy)}"),
            new Markup($"[{(rollout.Outcome is null ? "yellow" : rollout.Outcome == RolloutOutcome.Succeeded ? "green" : "red")}]{StateOf(rollout)}[/] {Markup.Escape(rollout.Note ?? rollout.Reason ?? "")}"),
        };
        foreach (var target in rollout.Targets)
        {
            var weight = rollout.History.LastOrDefault(entry => entry.Weight is not null)?.Weight ?? Weight.None;
            var done = BarWidth * weight.Hundredths / Weight.Whole;
            rows.Add(new Markup($"[green]{new string('━', done)}[/][grey]{new string('━', BarWidth - done)}[/] {weight} {target.Candidate}, before {(target.Stable is { } stable ? stable.ToString() : "nothing")}"));
        }

        rows.AddRange(rollout.History.Select(entry => new Text(Line(entry), new Style(Color.Grey))));
        return new Rows(rows);
    }

    public static string Line(RolloutEntry entry) => $"{entry.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {entry.Message}";

    private static string StateOf(Rollout rollout) => rollout.Outcome is { } outcome && rollout.IsEnded
        ? outcome.ToString().ToLowerInvariant()
        : rollout.IsPaused ? "paused" : rollout.IsLive ? "live, watched" : rollout.Phase.ToString().ToLowerInvariant();

    private static Style StyleOf(Rollout rollout) => rollout.Outcome switch
    {
        null => new Style(Color.Yellow),
        RolloutOutcome.Succeeded or RolloutOutcome.Unchanged => new Style(Color.Green),
        _ => new Style(Color.Red),
    };

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
