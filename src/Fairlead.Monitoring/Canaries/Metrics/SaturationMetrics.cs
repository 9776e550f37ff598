using Fairlead.Domain.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Requests that wait for their turn, and the share of those that were refused for want of room, as hosts report them.</summary>
internal sealed class SaturationMetrics(HostSamples samples) : IMetricSource
{
    public bool Has(MetricDefinition metric) => !metric.IsOwn && metric.Name is MetricNames.Queue or MetricNames.ShedRate;

    public Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CanaryMetricSeries>>(
        [
            new CanaryMetricSeries { Name = metric.Name, Control = Points(metric, round, round.Control), Experiment = Points(metric, round, round.Experiment) },
        ]);

    private double[] Points(MetricDefinition metric, MetricRound round, MetricSide side)
    {
        var points = StepPoints.Empty(round.Window);
        // One sample more than the window, since what was shed lies between two.
        var found = samples.Of(side.Group, side.From - (2 * HostSamples.Period), side.Until);
        foreach (var step in found.Where(sample => sample.At >= side.From).GroupBy(sample => (long)((sample.At - side.From) / round.Window.Step)))
            StepPoints.Set(points, step.Key, metric.Name == MetricNames.Queue ? Waiting(step) : Shed(found, step));
        return points;
    }

    /// <summary>Over all hosts, the mean of the looks.</summary>
    private static double? Waiting(IEnumerable<HostSample> step) =>
        step.Where(sample => sample.Waiting is not null).GroupBy(sample => sample.At).Select(look => (double?)look.Sum(sample => sample.Waiting!.Value)).Average();

    private static double? Shed(IReadOnlyList<HostSample> found, IEnumerable<HostSample> step)
    {
        var (shed, all) = (0L, 0L);
        foreach (var host in step.Where(sample => sample.Shed is not null).GroupBy(sample => sample.Host))
        {
            var last = host.Last();
            if (found.LastOrDefault(sample => sample.Host == host.Key && sample.At < host.First().At && sample.Shed is not null) is not { } first || last.Answered < first.Answered)
                continue;
            shed += last.Shed!.Value - first.Shed!.Value;
            all += last.Shed!.Value - first.Shed!.Value + last.Answered - first.Answered;
        }

        return all == 0 ? null : (double)shed / all;
    }
}
