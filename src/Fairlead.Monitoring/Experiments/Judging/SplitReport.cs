namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>Whether the units fell to the arms as the split promised.</summary>
/// <param name="Units">By arm.</param>
/// <param name="Expected">Share of the units, by arm.</param>
/// <param name="PValue">Always-valid, the least of all reports so far.</param>
/// <param name="FixedPValue">Chi-squared, for this one look.</param>
/// <param name="IsMismatch">True below 0.001: nothing else in the report can be trusted then.</param>
public sealed record SplitReport(IReadOnlyList<long> Units, IReadOnlyList<double> Expected, double PValue, double FixedPValue, bool IsMismatch);
