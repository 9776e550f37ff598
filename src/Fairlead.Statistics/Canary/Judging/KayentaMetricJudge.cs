using Fairlead.Statistics.Canary.Ranks;
using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Canary.Judging;

/// <summary>
/// Judges one metric as Kayenta does, weaknesses included; the only difference is that the noise which it adds to constants is drawn from the metric's name, so
/// that a verdict can be had twice.
/// </summary>
internal static class KayentaMetricJudge
{
    private const double NoiseShare = 1e-5;
    private const double NoDeviation = 1.0;

    public static CanaryMetricVerdict Judge(MetricCase metric)
    {
        var (x, y) = (metric.Experiment, metric.Control);
        if (!x.IsBounded || !y.IsBounded)
            return metric.Verdict(CanaryClassification.Error, "a point is infinite or larger than 1e300; correct what is measured");
        if (x.Points == 0 || y.Points == 0)
            return Empty(metric);
        if (x.Sorted.AsSpan().SequenceEqual(y.Sorted))
            return metric.Verdict(CanaryClassification.Pass, "both sides hold the same values") with { Deviation = NoDeviation };
        if (x.IsConstant && y.IsConstant && x.Sorted[0] == y.Sorted[0])
            return metric.Verdict(CanaryClassification.Pass, "all points hold one value") with { Deviation = NoDeviation };
        return Compare(metric);
    }

    private static CanaryMetricVerdict Empty(MetricCase metric)
    {
        var analysis = metric.Analysis;
        var verdict = analysis.NanStrategy == CanaryNanStrategy.Replace ? metric.Verdict(CanaryClassification.Pass, "there are no points, which counts as no change")
            : analysis is { MustHaveData: true, Critical: false } ? metric.Verdict(CanaryClassification.NodataFail, "a side has no points, and must have some")
            : metric.Verdict(CanaryClassification.Nodata, "a side has no points", analysis.Critical);
        return verdict with { Deviation = NoDeviation };
    }

    private static CanaryMetricVerdict Compare(MetricCase metric)
    {
        var (x, y) = (metric.Experiment.Sorted, metric.Control.Sorted);
        if (metric.Experiment.IsConstant && metric.Control.IsConstant)
        {
            var random = new Random(SeedOf(metric.Config.Name));
            (x, y) = (WithNoise(x, random), WithNoise(y, random));
        }

        const double confidence = CanaryJudgeSettings.UsualConfidence;
        var interval = KayentaInterval.Of(x, y, confidence);
        var bound = CanaryJudgeSettings.UsualTolerance * Math.Abs(interval.Estimate);
        var change = interval.Low > bound ? 1 : interval.High < -bound ? -1 : 0;
        var finding = new Finding(CanaryTest.RankSum, change, interval.Estimate, interval.Low, interval.High, bound, 1 - confidence, double.NaN, null);
        // The noise is in the means as well.
        var noisy = metric with { Experiment = metric.Experiment with { Sorted = x, Mean = SideValues.MeanOf(x) }, Control = metric.Control with { Sorted = y, Mean = SideValues.MeanOf(y) } };
        var effect = noisy.Effect;
        var (size, direction) = (metric.EffectSize, metric.Analysis.Direction);
        var classification = !finding.IsBad(direction) ? CanaryClassification.Pass
            : change > 0 ? size.IsIncrease(effect) ? CanaryClassification.High : CanaryClassification.Pass
            : size.IsDecrease(effect) ? CanaryClassification.Low : CanaryClassification.Pass;
        var isCritical = metric.Analysis.Critical
            && ((classification == CanaryClassification.High && size.IsCriticalIncrease(effect)) || (classification == CanaryClassification.Low && size.IsCriticalDecrease(effect)));
        return metric.Verdict(classification, KayentaReason.Of(interval, bound, classification), isCritical) with
        {
            Test = CanaryTest.RankSum,
            Estimate = interval.Estimate,
            Low = interval.Low,
            High = interval.High,
            Bound = bound,
            Confidence = confidence,
            Effect = Finite(effect),
            Deviation = Finite(noisy.MeanRatio),
        };
    }

    private static double[] WithNoise(double[] values, Random random)
    {
        var noisy = Array.ConvertAll(values, value => value + (NoiseShare * value * Normal.InvCDF(0, 1, 1 - random.NextDouble())));
        Array.Sort(noisy);
        return noisy;
    }

    /// <summary>The same in every process: FNV-1a over the name.</summary>
    private static int SeedOf(string name) => (int)(name.Aggregate(2166136261u, (hash, character) => (hash ^ character) * 16777619u) & int.MaxValue);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
