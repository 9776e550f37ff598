using Fairlead.Domain.Runs;

namespace Fairlead.Web.Pages.Views;

/// <summary>A parameter or a metric as a column of a list of runs.</summary>
/// <param name="Name">As conditions have it: <c>params.l2</c>, <c>metrics.auc</c>.</param>
public sealed record RunColumn(string Name, bool IsMetric)
{
    private const string Parameter = "params.";
    private const string Metric = "metrics.";
    private const int Most = 6;

    public string Title => Name[(IsMetric ? Metric : Parameter).Length..];

    public string? ValueOf(Run run)
    {
        if (IsMetric)
            return run.Metrics.TryGetValue(Title, out var metric) ? PageText.Number(metric) : null;
        return run.Parameters.TryGetValue(Title, out var parameter) ? PageText.Value(parameter) : null;
    }

    /// <summary>Of parameters those that are not the same in all, and the metrics: as many of each as can be read.</summary>
    public static IReadOnlyList<RunColumn> Of(IReadOnlyList<Run> runs) =>
    [
        .. Names(runs.Select(run => run.Parameters.Keys))
            .Where(name => runs.Select(run => run.Parameters.TryGetValue(name, out var value) ? value.GetRawText() : null).Distinct(StringComparer.Ordinal).Count() > 1)
            .Take(Most).Select(name => new RunColumn(Parameter + name, IsMetric: false)),
        .. Names(runs.Select(run => run.Metrics.Keys)).Take(Most).Select(name => new RunColumn(Metric + name, IsMetric: true)),
    ];

    private static IOrderedEnumerable<string> Names(IEnumerable<IEnumerable<string>> names) => names.SelectMany(each => each).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
