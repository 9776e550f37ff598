using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Monitoring.Experiments.Measuring;
using Fairlead.Statistics.Experiments;

namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>Makes the report of a measurement: a pure function of it, the design, the plan, and the p-values so far.</summary>
internal sealed class ExperimentJudge(ExperimentDesign design, double plannedUnits)
{
    /// <summary>Units in each arm before anything is decided: the intervals are asymptotic.</summary>
    public const int LeastUnits = 100;

    private const double MismatchLevel = 0.001;

    /// <summary>Share of units in several arms above which somebody should look why.</summary>
    private const double MostCrossed = 0.01;

    /// <param name="earlier">The last report, whose p-values still count; null for the first.</param>
    public ExperimentReport Judge(ExperimentMeasurement measurement, ExperimentReport? earlier, DateTimeOffset at)
    {
        var split = SplitOf(measurement, earlier);
        return new ExperimentReport
        {
            At = at,
            Split = split,
            Crossed = measurement.Crossed,
            Predictions = measurement.Predictions,
            WithoutUnit = measurement.WithoutUnit,
            Unassigned = measurement.Unassigned,
            Metrics = [.. design.Metrics.Select((metric, i) => MetricOf(metric, measurement.Metrics[i], earlier))],
            Alarms = [.. Alarms(split, measurement)],
        };
    }

    private SplitReport SplitOf(ExperimentMeasurement measurement, ExperimentReport? earlier)
    {
        var shares = design.Arms.Select(arm => arm.Share.Hundredths / (double)Weight.Whole).ToList();
        var test = SplitTest.Of(measurement.Units, shares);
        var p = Math.Min(test.PValue, earlier?.Split.PValue ?? 1);
        return new SplitReport(measurement.Units, shares, p, test.FixedPValue, p < MismatchLevel);
    }

    private MetricReport MetricOf(ExperimentMetric metric, IReadOnlyList<UnitMoments> moments, ExperimentReport? earlier)
    {
        var adjustment = CovariateAdjustment.Of(moments);
        var alpha = metric.Role == MetricRole.Primary ? design.ComparisonAlpha : design.Alpha;
        var arms = design.Arms.Select((arm, i) => Describe(arm.ServerGroup, adjustment.Arms[i])).ToList();
        var comparisons = design.Treatments
            .Select((arm, i) => Compare(metric, arm, adjustment.Arms[0], adjustment.Arms[i + 1], alpha, PValueSoFar(earlier, metric.Name, arm.ServerGroup)))
            .ToList();
        return new MetricReport(metric.Name, metric.Role, alpha, design.Covariate is null ? null : adjustment.VarianceReduction, arms, comparisons);
    }

    private ComparisonReport Compare(
        ExperimentMetric metric, ExperimentArm arm, ArmEstimate control, ArmEstimate treatment, double alpha, double earlierPValue)
    {
        var difference = Contrast.Difference(control, treatment);
        if (!difference.IsKnown || Math.Min(control.Units, treatment.Units) < LeastUnits)
        {
            return new ComparisonReport
            {
                Treatment = arm.ServerGroup,
                Difference = double.IsFinite(difference.Estimate) ? difference.Estimate : null,
                PValue = earlierPValue,
                Verdict = MetricVerdict.TooFew,
            };
        }

        var pair = (design.Control.Share.Hundredths + arm.Share.Hundredths) / (double)Weight.Whole;
        var sequence = ConfidenceSequence.Planned(Math.Max(1, plannedUnits * pair), alpha);
        var interval = sequence.Around(difference, alpha);
        var lift = Contrast.Lift(control, treatment);
        var liftInterval = lift is { IsKnown: true } known ? sequence.Around(known, alpha) : (Interval?)null;
        var once = WelchTest.Of(control, treatment, alpha);
        var p = Math.Min(earlierPValue, sequence.PValue(difference));
        var excess = metric.Limit is null ? ((double Low, double High)?)null : Excess(metric.Limit, control, treatment, sequence);
        return new ComparisonReport
        {
            Treatment = arm.ServerGroup,
            Difference = difference.Estimate,
            Low = interval.Low,
            High = interval.High,
            Lift = lift?.Estimate,
            LiftLow = liftInterval?.Low,
            LiftHigh = liftInterval?.High,
            PValue = p,
            FixedLow = once.Interval.Low,
            FixedHigh = once.Interval.High,
            FixedPValue = once.PValue,
            ExcessLow = excess?.Low,
            ExcessHigh = excess?.High,
            Verdict = excess is { } bounds ? OfGuardrail(bounds) : p > alpha ? MetricVerdict.Undecided : difference.Estimate > 0 ? MetricVerdict.Higher : MetricVerdict.Lower,
        };
    }

    /// <summary>How far the treatment is beyond the limit, with one-sided bounds; a linear contrast, so that no ratio is approximated.</summary>
    private (double Low, double High) Excess(MetricLimit limit, ArmEstimate control, ArmEstimate treatment, ConfidenceSequence sequence)
    {
        var factor = limit.IsRelative ? 1 + (limit.Margin * Math.Sign(control.Mean)) : 1;
        var contrast = Contrast.Linear(control, treatment, factor, limit.IsRelative ? 0 : limit.Margin);
        var (low, high) = (sequence.Lower(contrast, design.Alpha), sequence.Upper(contrast, design.Alpha));
        return limit.IsUpper ? (low, high) : (-high, -low);
    }

    private static MetricVerdict OfGuardrail((double Low, double High) excess) =>
        excess.High <= 0 ? MetricVerdict.Kept : excess.Low > 0 ? MetricVerdict.Broken : MetricVerdict.Undecided;

    private static ArmReport Describe(ServerGroupName arm, ArmEstimate estimate) => new(
        arm, estimate.Units, estimate.Units > 0 ? estimate.Mean : null, estimate.Units > 1 ? Math.Sqrt(estimate.MeanVariance) : null);

    private static double PValueSoFar(ExperimentReport? earlier, string metric, ServerGroupName treatment) =>
        earlier?.Metrics.FirstOrDefault(report => report.Name == metric)?.Comparisons.FirstOrDefault(report => report.Treatment == treatment)?.PValue ?? 1;

    private IEnumerable<string> Alarms(SplitReport split, ExperimentMeasurement measurement)
    {
        if (split.IsMismatch)
        {
            var expected = string.Join(" : ", split.Expected.Select(share => (share * 100).ToString("0.##", CultureInfo.InvariantCulture)));
            yield return $"The units do not fall to the arms as they should ({string.Join(" : ", split.Units)} instead of {expected}, p = {split.PValue.ToString("0.0e0", CultureInfo.InvariantCulture)}): find out what drops or adds units in one arm before you trust any number here.";
        }

        var units = split.Units.Sum() + measurement.Crossed;
        if (measurement.Crossed > units * MostCrossed)
            yield return $"{measurement.Crossed} of {units} units were seen in more than one arm and are left out; see whether the client changes its 'fairlead-unit' between requests or one id stands for many.";
        for (var i = 0; i < split.Units.Count; i++)
        {
            if (split.Units[i] == 0 && units >= LeastUnits)
                yield return $"The arm {design.Arms[i].ServerGroup} has no units; 'fairlead status' says whether the host serves it.";
        }
    }
}
