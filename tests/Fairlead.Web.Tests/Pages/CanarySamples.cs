using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Monitoring.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Canaries for pages.</summary>
internal static class CanarySamples
{
    public static readonly IReadOnlyList<CanaryMetricSeries> Series =
    [
        new CanaryMetricSeries { Name = "latency.p99", Control = [.. Enumerable.Range(0, 60).Select(i => 10 + (i % 7 * 0.3))], Experiment = [.. Enumerable.Range(0, 60).Select(i => i == 7 ? double.NaN : 14 + (i % 5 * 0.3))] },
        new CanaryMetricSeries { Name = "output.score", Control = [.. Enumerable.Range(0, 300).Select(i => i / 300.0)], Experiment = [.. Enumerable.Range(0, 200).Select(i => i / 200.0)], IsSample = true },
        new CanaryMetricSeries { Name = "own", Tags = PageSamples.Hostile, Control = [], Experiment = [], Problem = PageSamples.Hostile },
    ];

    public static CanaryReport Report(int? rollout = 7)
    {
        var config = new CanaryConfig([.. Series.Select(series => new CanaryMetricConfig(series.Name, ["group"]))]);
        var start = PageSamples.Now.AddMinutes(-12);
        return new CanaryReport
        {
            Number = 12,
            At = PageSamples.Now.AddMinutes(-1),
            Environment = "prod",
            Service = "late",
            Release = new ReleaseName(2),
            Control = new ServerGroupName("late", "prod", 1),
            Experiment = new ServerGroupName("late", "prod", 2),
            Rollout = rollout,
            Execution = rollout is null ? 3 : null,
            Stage = rollout is null ? "watch" : null,
            Step = 0,
            Config = config,
            Seed = "seed",
            Series = Digest.Of("points"u8),
            Verdict = CanaryJudge.Judge(config, Series, new CanaryWindow(start, start.AddMinutes(10), TimeSpan.FromSeconds(10), 5, 5)),
            Pairs = [new PairedSummary("paired.output.score", 4200, 0.97, 0.01, 0.02, 0.5), new PairedSummary("paired.output.word", 4200, 0.97, null, null, null)],
            Reason = PageSamples.Hostile,
        };
    }
}
