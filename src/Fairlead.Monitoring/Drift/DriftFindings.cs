using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift;

/// <summary>What a run over all periods found.</summary>
internal sealed record DriftFindings(long Rows, DateTimeOffset? Newest, IReadOnlyList<DriftComparison> Comparisons, IReadOnlyList<string> Notes);
