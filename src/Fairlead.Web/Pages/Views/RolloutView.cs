using System.Globalization;
using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>One rollout: where it is, how the traffic went, and what a person may do.</summary>
public sealed record RolloutView
{
    public required string Title { get; init; }

    public required StatusView Status { get; init; }

    public required string Note { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    public required ChartView? Traffic { get; init; }

    public required IReadOnlyList<RolloutStepRow> Steps { get; init; }

    public required IReadOnlyList<RolloutGroupRow> Groups { get; init; }

    public required IReadOnlyList<(TimeView At, string Message)> History { get; init; }

    /// <summary>The looks at its canaries, newest first.</summary>
    public IReadOnlyList<CanaryRow> Canaries { get; init; } = [];

    /// <summary>None for who may not.</summary>
    public required IReadOnlyList<ChangeView> Changes { get; init; }

    public required bool IsEnded { get; init; }

    /// <summary>The viewer does not want it to reload itself.</summary>
    public bool IsStill { get; init; }

    public required string Path { get; init; }

    /// <param name="groups">Of the environment.</param>
    /// <param name="canChange">The viewer may deploy there.</param>
    public static RolloutView Of(Rollout rollout, IReadOnlyList<ServerGroup> groups, IReadOnlyList<HostStatus> hosts, bool canChange, DateTimeOffset now) => new()
    {
        Title = $"Rollout {rollout.Number}: {rollout.Describe()}",
        Status = RolloutRow.StatusOf(rollout),
        Note = rollout.Note ?? rollout.Reason ?? "",
        Facts = FactsOf(rollout, now),
        Traffic = TrafficOf(rollout, now),
        Steps = [.. rollout.Steps.Select((step, index) => StepOf(rollout, step, index))],
        Groups = [.. rollout.Targets.SelectMany(target => GroupsOf(target, groups, hosts))],
        History = [.. rollout.History.Select(entry => (TimeView.Of(entry.At, now), entry.Message))],
        Changes = canChange ? RolloutChanges.Of(rollout) : [],
        IsEnded = rollout.IsEnded,
        Path = PagePaths.Rollout(rollout.Number),
    };

    private static IReadOnlyList<FactView> FactsOf(Rollout rollout, DateTimeOffset now)
    {
        var facts = new List<FactView>
        {
            new("Environment", rollout.Environment),
            new("Release", rollout.Release.ToString(), PagePaths.Release(rollout.Release.ToString())),
            new("Strategy", rollout.Strategy.Kind.Word()),
            new("Begun", $"{rollout.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'} by {rollout.StartedBy}"),
            new("Took", PageText.Duration((rollout.EndedAt ?? now) - rollout.StartedAt)),
            new("Goes back when", $"more than {(rollout.Health.Errors * 100).ToString("0.##", CultureInfo.InvariantCulture)} % of the answers are errors for {PageText.Duration(rollout.Health.For)}"),
        };
        if (rollout.Strategy.Analyse.Count > 0)
            facts.Add(new FactView("Analysis of", string.Join(", ", rollout.Strategy.Analyse)));
        if (rollout.Undoes is { } undone)
            facts.Add(new FactView("Takes back", undone));
        if (rollout.Override is { } reason)
            facts.Add(new FactView("Begun though closed", reason));
        // A pipeline's key begins with the number of its execution.
        if (rollout.Key.Split('/') is [var number, _, ..] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var execution))
            facts.Add(new FactView("Execution", number, PagePaths.Execution(execution)));
        return facts;
    }

    /// <summary>The candidate's share over time; it changes at once, so that the line has steps.</summary>
    private static ChartView? TrafficOf(Rollout rollout, DateTimeOffset now)
    {
        var points = new List<ChartPoint> { new(rollout.StartedAt, 0, null, null) };
        foreach (var entry in rollout.History.Where(entry => entry.Weight is not null))
        {
            points.Add(new ChartPoint(entry.At, points[^1].Value, null, null));
            points.Add(new ChartPoint(entry.At, entry.Weight!.Value.Hundredths / 100.0, null, null));
        }

        points.Add(new ChartPoint(rollout.EndedAt ?? now, points[^1].Value, null, null));
        return points.Count == 2 ? null : ChartView.Of("Share of the traffic that the new server group had, over time", points, value => $"{value.ToString("0.#", CultureInfo.InvariantCulture)} %", 100);
    }

    private static RolloutStepRow StepOf(Rollout rollout, RolloutStep step, int index) => new(
        index + 1,
        string.Join(", ", step.Shares.Select(share => $"{share.Service} {share.Weight}{(share.Instances is { } count ? $" on {count} instances" : "")}")),
        step.Hold == TimeSpan.Zero ? "" : PageText.Duration(step.Hold),
        StatusOf(rollout, index));

    private static StatusView StatusOf(Rollout rollout, int index)
    {
        if (index < rollout.Step || rollout.Outcome == RolloutOutcome.Succeeded)
            return new StatusView("done", StatusView.Good);
        if (rollout.IsEnded)
            // A step that had its share of the traffic was reached, whatever ended the rollout then.
            return new StatusView(index == rollout.Step && rollout.History.Count(entry => entry.Weight is not null) > index ? "cut short" : "not reached", StatusView.Quiet);
        return index > rollout.Step ? new StatusView("later", StatusView.Quiet) : new StatusView(rollout.Phase.ToString().ToLowerInvariant(), StatusView.Busy);
    }

    private static IEnumerable<RolloutGroupRow> GroupsOf(RolloutTarget target, IReadOnlyList<ServerGroup> groups, IReadOnlyList<HostStatus> hosts)
    {
        (ServerGroupName? Name, string Part)[] parts = [(target.Candidate, "new"), (target.Baseline, "baseline"), (target.Stable, "before")];
        foreach (var (name, part) in parts)
        {
            if (name is { } known)
                yield return ServerGroupFigures.Row(known, part, groups.FirstOrDefault(group => group.Name == known), hosts);
        }
    }
}
