namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>One metric.</summary>
/// <param name="Alpha">Level of each comparison.</param>
/// <param name="VarianceReduction">Share of the variance that the covariate took away; null without one.</param>
/// <param name="Arms">In the order of the design.</param>
/// <param name="Comparisons">One for each treatment, in the order of the design.</param>
public sealed record MetricReport(
    string Name, MetricRole Role, double Alpha, double? VarianceReduction, IReadOnlyList<ArmReport> Arms, IReadOnlyList<ComparisonReport> Comparisons);
