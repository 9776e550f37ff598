using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Comparison;

namespace Fairlead.Web.Pages.Views;

/// <summary>Runs side by side.</summary>
public sealed record RunComparisonView
{
    private const int MostFiles = 100;

    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Why each of the others is not like the first.</summary>
    public required IReadOnlyList<string> Why { get; init; }

    /// <summary>What is the same in all is left out, metrics excepted.</summary>
    public required IReadOnlyList<ComparedRow> Rows { get; init; }

    public required IReadOnlyList<CurveView> Curves { get; init; }

    /// <param name="curves">Of each run, in their order.</param>
    public static RunComparisonView Of(RunComparison comparison, IReadOnlyList<IReadOnlyList<MetricCurve>> curves) => new()
    {
        Runs = [.. comparison.Runs.Select(run => run.Id.ToString())],
        Why = [.. comparison.Explanations.Select(explanation => explanation.Summary)],
        Rows =
        [
            .. comparison.Metrics.Select(metric => new ComparedRow("Metric", metric.Name, [.. metric.Values.Select(value => value is { } number ? PageText.Number(number) : "–")], metric.Best, Differs: false)),
            .. Of("Parameter", comparison.Parameters),
            .. Of("Input", comparison.Inputs),
            .. Of("Code", [.. comparison.Code.Take(MostFiles)]),
            .. Of("Key", comparison.Surroundings),
            .. Of("Output", comparison.Outputs),
            new ComparedRow("Run", "status", [.. comparison.Runs.Select(run => StatusView.Of(run.Status).Text)], [], Differs: false),
            new ComparedRow("Run", "commit", [.. comparison.Runs.Select(run => run.Commit.Short)], [], Differs: false),
            new ComparedRow("Run", "took", [.. comparison.Runs.Select(run => run.FinishedAt is { } end ? PageText.Duration(end - run.StartedAt) : "–")], [], Differs: false),
            new ComparedRow("Run", "peak memory", [.. comparison.Runs.Select(run => run.PeakMemoryBytes is { } bytes ? PageText.Bytes(bytes) : "–")], [], Differs: false),
        ],
        Curves = CurveView.Of([.. comparison.Runs.Select((run, place) => (run.Id.ToString(), curves[place]))]),
    };

    private static IEnumerable<ComparedRow> Of(string kind, IReadOnlyList<ComparedValue> values) =>
        values.Where(value => value.Differs).Select(value => new ComparedRow(kind, value.Name, [.. value.Values.Select(Short)], [], Differs: true));

    /// <summary>Digests in full say nothing to people.</summary>
    private static string Short(string? text) =>
        text is null ? "–" : string.Join(' ', text.Split(' ').Select(word => Digest.TryParse(word, out var digest) ? digest.Short : word));
}
