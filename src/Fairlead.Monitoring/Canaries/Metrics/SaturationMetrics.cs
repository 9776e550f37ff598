using System.Globalization;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>How hard a server group works, as hosts report it: what waits, what was refused for want of room, and what its instances use of the machine.</summary>
internal sealed class SaturationMetrics(HostSamples samples) : IMetricSource
{
    /// <summary>Of the time that is judged, which may be missing: beyond it, half of the data would be taken for the whole.</summary>
    private const double MostMissing = 0.1;

    private const double Megabyte = 1e6;
    private const double Milliseconds = 1e3;

    public bool Has(MetricDefinition metric) => !metric.IsOwn && MetricNames.IsOfHosts(metric.Name);

    public Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken)
    {
        RefuseGaps(round);
        return Task.FromResult<IReadOnlyList<CanaryMetricSeries>>(
        [
            new CanaryMetricSeries { Name = metric.Name, Control = Points(metric, round, round.Control), Experiment = Points(metric, round, round.Experiment) },
        ]);
    }

    private void RefuseGaps(MetricRound round)
    {
        var (from, until) = (round.Control.From, round.Control.Until);
        var gaps = samples.GapsOf(from, until);
        var share = gaps.Sum(gap => (gap.Until - gap.From).TotalSeconds) / (until - from).TotalSeconds;
        if (share <= MostMissing)
            return;
        var longest = gaps.MaxBy(gap => gap.Until - gap.From);
        throw FairleadException.Invalid(string.Create(
            CultureInfo.InvariantCulture,
            $"there is not enough data: hosts were not heard of for {share:P0} of the time, longest from {longest.From.UtcDateTime:HH:mm:ss} to {longest.Until.UtcDateTime:HH:mm:ss} UTC, as when the control plane was down"));
    }

    private double[] Points(MetricDefinition metric, MetricRound round, MetricSide side)
    {
        var points = StepPoints.Empty(round.Window);
        // One sample more than the window, since what is counted lies between two.
        var found = samples.Of(side.Group, side.From - (2 * HostSamples.Period), side.Until);
        foreach (var step in found.Where(sample => sample.At >= side.From).GroupBy(sample => (long)((sample.At - side.From) / round.Window.Step)))
            StepPoints.Set(points, step.Key, PointOf(metric.Name, [.. step], found));
        return points;
    }

    /// <param name="found">Those before the step, too.</param>
    private static double? PointOf(string metric, IReadOnlyList<HostSample> step, IReadOnlyList<HostSample> found)
    {
        switch (metric)
        {
            case MetricNames.Queue:
                return Mean(step, sample => sample.Waiting);
            case MetricNames.Memory:
                return Mean(step, sample => sample.MemoryBytes) / Mean(step, sample => sample.Ready) is { } bytes && double.IsFinite(bytes) ? bytes / Megabyte : null;
            case MetricNames.ShedRate:
                var (shed, answered) = Change(step, found, sample => sample.Shed, (last, first) => last.Answered - first.Answered);
                return Ratio(shed, shed + answered);
            case MetricNames.Cpu:
                var (busy, seconds) = Change(step, found, sample => sample.ProcessorSeconds, (last, first) => (last.At - first.At).TotalSeconds * (last.Ready ?? 0));
                return Ratio(busy, seconds);
            case MetricNames.CpuByRequest:
                var (used, requests) = Change(step, found, sample => sample.ProcessorSeconds, (last, first) => last.Answered - first.Answered);
                return Milliseconds * Ratio(used, requests);
            default:
                var (inside, all) = Change(step, found, sample => sample.InferenceSeconds, (last, first) => last.Answered - first.Answered);
                return Milliseconds * Ratio(inside, all);
        }
    }

    /// <summary>Over all hosts, the mean of the looks.</summary>
    private static double? Mean(IReadOnlyList<HostSample> step, Func<HostSample, double?> value) =>
        step.Where(sample => value(sample) is not null).GroupBy(sample => sample.At).Select(look => (double?)look.Sum(sample => value(sample)!.Value)).Average();

    private static double? Ratio(double part, double whole) => whole > 0 ? part / whole : null;

    /// <summary>What a step added, summed over hosts, and by what it is to be divided.</summary>
    private static (double Value, double By) Change(
        IReadOnlyList<HostSample> step, IReadOnlyList<HostSample> found, Func<HostSample, double?> value, Func<HostSample, HostSample, double> by)
    {
        var (sum, whole) = (0.0, 0.0);
        foreach (var host in step.Where(sample => value(sample) is not null).GroupBy(sample => sample.Host))
        {
            var last = host.Last();
            if (found.LastOrDefault(sample => sample.Host == host.Key && sample.At < host.First().At && value(sample) is not null) is not { } first || last.Answered < first.Answered)
                continue;
            sum += value(last)!.Value - value(first)!.Value;
            whole += by(last, first);
        }

        return (sum, whole);
    }
}
