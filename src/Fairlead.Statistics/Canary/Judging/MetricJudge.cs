using Fairlead.Statistics.Canary.Ranks;

namespace Fairlead.Statistics.Canary.Judging;

/// <summary>Judges one metric: what is missing is never good, constants are exact, rare errors are seen, and the reason is told.</summary>
internal static class MetricJudge
{
    /// <param name="level">Two-sided, for this metric at this look.</param>
    /// <param name="isLast">False when more points are to come.</param>
    public static CanaryMetricVerdict Judge(MetricCase metric, double level, double tolerance, bool isLast)
    {
        if (!metric.Control.IsBounded || !metric.Experiment.IsBounded)
            return metric.Verdict(CanaryClassification.Error, "a point is infinite or larger than 1e300; correct what is measured", metric.Analysis.Critical);
        if (Lack(metric) is { } lack)
            return Nodata(metric, lack, isLast);
        var finding = Find(metric, level, tolerance);
        var described = Describe(metric, finding);
        if (!finding.IsEnough)
        {
            return described with
            {
                Classification = MissingOf(metric, isLast),
                Reason = MetricReason.TooFew(metric, level),
                IsCritical = metric.Analysis.Critical,
            };
        }

        var effect = metric.Effect;
        var classification = Classify(finding, metric.Analysis.Direction, metric.EffectSize, effect);
        var isCritical = metric.Analysis.Critical && classification switch
        {
            CanaryClassification.High => metric.EffectSize.IsCriticalIncrease(effect),
            CanaryClassification.Low => metric.EffectSize.IsCriticalDecrease(effect),
            _ => false,
        };
        return described with { Classification = classification, IsCritical = isCritical, Reason = MetricReason.Of(metric, finding, classification, effect) };
    }

    private static string? Lack(MetricCase metric)
    {
        var (control, experiment) = (metric.Control, metric.Experiment);
        if (control.Reported + experiment.Reported == 0)
            return "neither side reported a value";
        if (control.Points == 0 || experiment.Points == 0)
            return $"the {(experiment.Reported == 0 ? "experiment" : control.Reported == 0 ? "control" : "pairs")} reported no value";
        var least = Math.Min(control.Points, experiment.Points);
        return least < metric.Analysis.MinPoints ? $"{least} points on a side, {metric.Analysis.MinPoints} are asked for" : null;
    }

    private static CanaryMetricVerdict Nodata(MetricCase metric, string lack, bool isLast)
    {
        var mayBeSilent = metric.Analysis.MustHaveData == false && metric.Control.Reported + metric.Experiment.Reported == 0;
        return metric.Verdict(MissingOf(metric, isLast), lack, metric.Analysis.Critical && !mayBeSilent) with { IsLeftOut = mayBeSilent };
    }

    private static CanaryClassification MissingOf(MetricCase metric, bool isLast) =>
        isLast && metric.Analysis.MustHaveData == true ? CanaryClassification.NodataFail : CanaryClassification.Nodata;

    private static Finding Find(MetricCase metric, double level, double tolerance)
    {
        if (metric.Differences is { } differences)
            return OrTies(Finding.Of(CanaryTest.SignedRank, ShiftInterval.OfPairs(differences, level), level, tolerance), () => (SignedRanks.PValue(differences), SignOf(differences)));
        var (x, y) = (metric.Experiment.Sorted, metric.Control.Sorted);
        return SparseFinding.Fits(x, y)
            ? SparseFinding.Of(x, y, level, tolerance, metric.Analysis.Direction)
            : OrTies(Finding.Of(CanaryTest.RankSum, ShiftInterval.OfSamples(x, y, level), level, tolerance), () => RankSums.Of(x, y, 0) is var sums ? (sums.PValueOfSteps, Math.Sign(sums.Excess)) : default);
    }

    /// <summary>Where more than half of the differences cancel out, the estimate is zero although ranks may differ: then they decide.</summary>
    private static Finding OrTies(Finding finding, Func<(double PValue, int Sign)> ranks) =>
        finding is { Change: 0, Estimate: 0, Low: not null } && ranks() is var (pValue, sign) && pValue <= finding.Level ? finding with { Test = CanaryTest.Ties, Change = sign, PValue = pValue } : finding;

    private static int SignOf(double[] differences) => Math.Sign(differences.Count(value => value > 0) - differences.Count(value => value < 0));

    private static CanaryClassification Classify(Finding finding, CanaryDirection direction, CanaryEffectSize size, double effect) =>
        !finding.IsBad(direction) ? CanaryClassification.Pass
        : finding.Change > 0 ? size.IsIncrease(effect) ? CanaryClassification.High : CanaryClassification.Pass
        : size.IsDecrease(effect) ? CanaryClassification.Low : CanaryClassification.Pass;

    private static CanaryMetricVerdict Describe(MetricCase metric, Finding finding) => metric.Verdict(CanaryClassification.Pass, "") with
    {
        Test = finding.Low is null ? CanaryTest.None : finding.Test,
        Estimate = finding.Estimate,
        Low = finding.Low,
        High = finding.High,
        Bound = finding.Bound,
        Confidence = 1 - finding.Level,
        PValue = finding.PValue,
        Effect = Finite(metric.Effect),
        Deviation = Finite(metric.MeanRatio),
        DetectableShift = finding.Detectable,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
