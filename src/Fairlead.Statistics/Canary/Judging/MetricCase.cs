using Fairlead.Statistics.Canary.Ranks;

namespace Fairlead.Statistics.Canary.Judging;

/// <summary>A metric before its judge.</summary>
/// <param name="Differences">Experiment less control of each pair, ascending; null when points are not paired.</param>
internal sealed record MetricCase(CanaryMetricConfig Config, CanaryMetricSeries Series, SideValues Control, SideValues Experiment, double[]? Differences)
{
    public CanaryAnalysis Analysis => Config.Analysis;

    public CanaryEffectSize EffectSize { get; } = Config.Analysis.EffectSize ?? new CanaryEffectSize();

    /// <summary>NaN when either mean is zero.</summary>
    public double MeanRatio => Control.Mean == 0 || Experiment.Mean == 0 ? double.NaN : Experiment.Mean / Control.Mean;

    /// <summary>By the measure of the configuration; NaN where it has no value.</summary>
    public double Effect => EffectSize.Measure == CanaryEffectMeasure.MeanRatio ? MeanRatio : ProbabilityAbove();

    /// <param name="asPairs">False for a judge that knows no pairs.</param>
    public static MetricCase Of(CanaryMetricConfig config, CanaryMetricSeries series, int expected, bool asPairs)
    {
        if (series.IsPaired && asPairs)
            return OfPairs(config, series, expected);
        var analysis = config.Analysis;
        return new MetricCase(config, series, SideValues.Of(series.Control, expected, analysis), SideValues.Of(series.Experiment, expected, analysis), null);
    }

    public CanaryMetricVerdict Verdict(CanaryClassification classification, string reason, bool isCritical = false) => new()
    {
        Name = Config.Name,
        Tags = Series.Tags,
        Groups = Config.Groups ?? [],
        Classification = classification,
        Reason = reason,
        IsCritical = isCritical,
        IsMuted = Analysis.Muted,
        Direction = Analysis.Direction,
        Control = Control.Describe(),
        Experiment = Experiment.Describe(),
        EffectMeasure = EffectSize.Measure,
    };

    /// <summary>A pair counts when both have a value, or when a missing one means zero. Outliers stay: a pair is one request.</summary>
    private static MetricCase OfPairs(CanaryMetricConfig config, CanaryMetricSeries series, int expected)
    {
        var fill = config.Analysis.NanStrategy == CanaryNanStrategy.Replace ? 0 : double.NaN;
        var (control, experiment, differences) = (new List<double>(), new List<double>(), new List<double>());
        var pairs = Math.Max(series.Control.Count, series.Experiment.Count);
        for (var i = 0; i < pairs; i++)
        {
            var (x, y) = (At(series.Experiment, i, fill), At(series.Control, i, fill));
            if (double.IsNaN(x) || double.IsNaN(y))
                continue;
            control.Add(y);
            experiment.Add(x);
            differences.Add(x - y);
        }

        differences.Sort();
        var most = Math.Max(pairs, expected);
        return new MetricCase(config, series, Side(series.Control, control, most), Side(series.Experiment, experiment, most), [.. differences]);
    }

    private static SideValues Side(IReadOnlyList<double> all, List<double> kept, int most)
    {
        kept.Sort();
        var reported = all.Count(value => !double.IsNaN(value));
        return SideValues.Of([.. kept], reported, most - reported, 0);
    }

    private static double At(IReadOnlyList<double> values, int i, double fill) => i < values.Count && !double.IsNaN(values[i]) ? values[i] : fill;

    private double ProbabilityAbove()
    {
        var pairs = (double)Experiment.Points * Control.Points;
        return (RankSums.Of(Experiment.Sorted, Control.Sorted, 0).Excess / pairs) + 0.5;
    }
}
