using System.Text.Json;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;

namespace Fairlead.Web.Pages.Views;

/// <summary>A sweep: what it tries, its trials, the best of them, and the objective over trials and over each parameter.</summary>
public sealed record SweepView
{
    /// <summary>More trials are in the API's answer.</summary>
    private const int ShownTrials = 1000;

    public required SweepRow Sweep { get; init; }

    /// <summary>Why it ended before it was done, and how it goes on; null otherwise.</summary>
    public required string? Problem { get; init; }

    public required bool IsLive { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    /// <summary>The best trial with its values; empty before there is one.</summary>
    public required IReadOnlyList<FactView> Best { get; init; }

    /// <summary>How to write its values back, or that they were.</summary>
    public required string? Promotion { get; init; }

    /// <summary>Labels of the parameters.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    public required string Metric { get; init; }

    public required IReadOnlyList<TrialRow> Trials { get; init; }

    public required IReadOnlyList<ScatterView> Charts { get; init; }

    public static SweepView Of(SweepReport report, DateTimeOffset now)
    {
        var sweep = report.Sweep;
        var best = report.Trials.FirstOrDefault(trial => trial.Number == sweep.Best);
        return new SweepView
        {
            Sweep = SweepRow.Of(sweep, now),
            Problem = sweep.Error is { } error ? $"{error}{(sweep.Done < sweep.Planned ? $" 'fairlead sweep resume {sweep.Number}' goes on." : "")}" : null,
            IsLive = sweep.Status == SweepStatus.Running,
            Facts = FactsOf(sweep),
            Best = best is null ? [] : BestOf(sweep, best),
            Promotion = sweep.Promotion is { } promotion ? $"{promotion.By} wrote the values of trial {promotion.Trial} into the project file, commit {promotion.Commit[..Math.Min(10, promotion.Commit.Length)]}."
                : best is not null && sweep.Status != SweepStatus.Running ? $"'fairlead sweep promote {sweep.Number}' writes them into the project file, in a commit." : null,
            Parameters = [.. sweep.Parameters.Select(parameter => parameter.Label)],
            Metric = sweep.Metric,
            Trials = [.. report.Trials.Take(ShownTrials).Select(trial => TrialRow.Of(sweep, trial))],
            Charts = [.. ChartsOf(sweep, [.. report.Trials.Where(trial => trial.Status == TrialStatus.Succeeded)])],
        };
    }

    private static IReadOnlyList<FactView> FactsOf(SweepRecord sweep) =>
    [
        new("Objective", SweepRow.Of(sweep, sweep.StartedAt).Objective),
        .. sweep.Order.Parameters.Select(text => new FactView("Tries", text)),
        .. sweep.Order.Budget is { } budget ? new[] { new FactView("Budget", $"{budget}, one of {sweep.Order.Eta} goes on") } : [],
        new("Search", sweep.Order.Search),
        new("Seed", sweep.Order.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("At once", PageText.Count(sweep.Order.Parallel)),
        new("Commit", sweep.Commit.Short),
        new("Begun by", sweep.Order.User),
    ];

    private static IReadOnlyList<FactView> BestOf(SweepRecord sweep, TrialRecord best) =>
    [
        new("Trial", PageText.Count(best.Number)),
        new(sweep.Metric, PageText.Number(best.Value!.Value)),
        .. best.Values.Select(pair => new FactView(pair.Key, PageText.Value(pair.Value))),
        .. (best.Run ?? best.Measured) is { } run ? new[] { new FactView("Run", run.ToString(), PagePaths.Run(run.ToString())) } : [],
    ];

    private static IEnumerable<ScatterView> ChartsOf(SweepRecord sweep, IReadOnlyList<TrialRecord> measured)
    {
        var soFar = new List<double>();
        foreach (var trial in measured)
            soFar.Add(soFar.Count == 0 ? trial.Value!.Value : sweep.Order.Goal == SweepGoal.Maximize ? Math.Max(soFar[^1], trial.Value!.Value) : Math.Min(soFar[^1], trial.Value!.Value));
        // With several budgets a later trial is not measured by the same yardstick, so that there is no line.
        var charts = new List<ScatterView?> { ScatterView.Of($"{sweep.Metric} over trials", $"{sweep.Metric} of each trial by its number", Points(sweep, measured, trial => trial.Number), sweep.Order.Budget is null ? soFar : null) };
        foreach (var label in sweep.Parameters.Select(parameter => parameter.Label))
            charts.Add(ChartOf(sweep, measured, label));
        return charts.OfType<ScatterView>();
    }

    private static ScatterView? ChartOf(SweepRecord sweep, IReadOnlyList<TrialRecord> measured, string label)
    {
        var title = $"{sweep.Metric} by {label}";
        var values = measured.Select(trial => trial.Values[label]).ToList();
        if (values.Any(value => value.ValueKind != JsonValueKind.Number))
        {
            var words = values.Select(PageText.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            return ScatterView.Of(title, title, Points(sweep, measured, trial => words.IndexOf(PageText.Value(trial.Values[label]))), words: words);
        }

        var isLog = sweep.Order.Parameters.Any(text => text.StartsWith($"{label}=", StringComparison.Ordinal) && text.Contains("log:", StringComparison.Ordinal)) && values.All(value => value.GetDouble() > 0);
        return ScatterView.Of(title, title, Points(sweep, measured, trial => trial.Values[label].GetDouble()), isLog: isLog);
    }

    private static IReadOnlyList<ScatterPoint> Points(SweepRecord sweep, IReadOnlyList<TrialRecord> measured, Func<TrialRecord, double> x) =>
        [.. measured.Select(trial => new ScatterPoint(x(trial), trial.Value!.Value, $"Trial {trial.Number}: {PageText.Number(trial.Value.Value)}", trial.Number == sweep.Best))];
}
