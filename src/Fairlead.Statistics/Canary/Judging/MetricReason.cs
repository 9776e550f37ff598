using System.Globalization;

namespace Fairlead.Statistics.Canary.Judging;

/// <summary>The sentence that explains a metric's verdict.</summary>
internal static class MetricReason
{
    public static string Of(MetricCase metric, Finding finding, CanaryClassification classification, double effect)
    {
        var measured = Measured(finding);
        if (finding.Change == 0)
            return $"no change is shown: {measured}; {Detectable(finding)}";
        var found = $"{(finding.Change > 0 ? "higher" : "lower")}: {measured}{Effect(metric, effect)}";
        if (classification != CanaryClassification.Pass)
            return found;
        return finding.IsBad(metric.Analysis.Direction)
            ? $"{found}, which is within what is allowed ({Number(Allowed(metric, finding))})"
            : $"{found}, which is not the bad direction";
    }

    public static string TooFew(MetricCase metric, double level) =>
        string.Create(CultureInfo.InvariantCulture, $"{metric.Experiment.Points} and {metric.Control.Points} points are too few to find any change with {Share(1 - level)} confidence in four of five cases");

    private static string Measured(Finding finding) => finding.Test switch
    {
        CanaryTest.Shares => $"{Points(finding.Estimate)} of points that are not zero, {Interval(finding, share: true)}, p {PValue(finding.PValue)} by exact counts",
        CanaryTest.Sizes => $"points that are not zero shifted by {Number(finding.Estimate)}, {Interval(finding, share: false)}, bound {Number(finding.Bound)}",
        CanaryTest.Ties => $"most values are alike and the ranks of the others differ, p {PValue(finding.PValue)}",
        CanaryTest.SignedRank => $"pairs shifted by {Number(finding.Estimate)}, {Interval(finding, share: false)}, bound {Number(finding.Bound)}",
        _ => $"shifted by {Number(finding.Estimate)}, {Interval(finding, share: false)}, bound {Number(finding.Bound)}",
    };

    private static string Interval(Finding finding, bool share) => share
        ? $"{Points(finding.Low ?? 0)} to {Points(finding.High ?? 0)} with {Share(1 - finding.Level)} confidence"
        : $"{Number(finding.Low ?? 0)} to {Number(finding.High ?? 0)} with {Share(1 - finding.Level)} confidence";

    private static string Detectable(Finding finding) => finding.Detectable is not { } shift ? "no shift would have been found in four of five cases"
        : $"{(finding.Test == CanaryTest.Shares ? Points(shift) : Number(shift))} would have been found in four of five cases";

    private static string Effect(MetricCase metric, double effect) =>
        double.IsNaN(effect) ? ", no ratio as a mean is zero"
        : metric.EffectSize.Measure == CanaryEffectMeasure.Cles ? $", above the control with probability {Number(effect)}"
        : $", ratio of means {Number(effect)}";

    private static double Allowed(MetricCase metric, Finding finding) =>
        (finding.Change > 0 ? metric.EffectSize.AllowedIncrease : metric.EffectSize.AllowedDecrease) ?? metric.EffectSize.Neutral;

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Points(double share) => (share * 100).ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture) + " %";

    private static string Share(double share) => (share * 100).ToString(share > 0.9999 ? "0.######" : "0.##", CultureInfo.InvariantCulture) + " %";

    private static string PValue(double value) => value < 0.0001 ? "below 0.0001" : value.ToString("0.####", CultureInfo.InvariantCulture);
}
