using System.Diagnostics;
using Fairlead.Bench.Results;
using Fairlead.Statistics.Canary;

namespace Fairlead.Bench.Scenarios;

/// <summary>The judge of canaries over many metrics, on one thread.</summary>
internal sealed class JudgeScenario : IScenario
{
    private const int Metrics = 1_000;
    private const int Points = 1_000;

    public string Name => "judge";

    public Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var series = Enumerable.Range(0, Metrics).Select(Series).ToList();
        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            Measured(context, CanaryJudgeChoice.OwnName, series, cancellationToken),
            Measured(context, CanaryJudgeChoice.KayentaName, series, cancellationToken),
        ]);
    }

    private Measure Measured(BenchContext context, string judge, IReadOnlyList<CanaryMetricSeries> series, CancellationToken cancellationToken)
    {
        var config = new CanaryConfig([.. series.Select(one => new CanaryMetricConfig(one.Name, ["all"]))], Judge: new CanaryJudgeChoice(judge));
        var seconds = new List<double>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            CanaryJudge.Judge(config, series, CanaryWindow.OfPoints(Points));
            // The first finds nothing compiled.
            if (round > 0)
                seconds.Add(clock.Elapsed.TotalSeconds);
        }

        return new Measure { Scenario = Name, What = $"{Metrics:N0} metrics of {Points:N0} points a side, judge '{judge}'", Unit = "s", Value = Median.Of(seconds), Target = Target.AtMost(1) };
    }

    /// <summary>Seeded: latencies with a tail, whole numbers, shares, and errors that are rare.</summary>
    private static CanaryMetricSeries Series(int metric)
    {
        var random = new Random(metric);
        return new CanaryMetricSeries { Name = $"m{metric}", Control = Values(random, metric % 4), Experiment = Values(random, metric % 4) };
    }

    private static double[] Values(Random random, int kind) =>
    [
        .. Enumerable.Range(0, Points).Select(_ => kind switch
        {
            0 => 20 - (10 * Math.Log(1 - random.NextDouble())),
            1 => random.Next(50),
            2 => random.NextDouble(),
            _ => random.Next(20) == 0 ? random.NextDouble() : 0,
        }),
    ];
}
