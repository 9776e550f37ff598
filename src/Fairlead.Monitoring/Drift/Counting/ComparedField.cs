using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Drift.Counting;

/// <summary>A field that was compared, with what is needed to look closer.</summary>
internal sealed record ComparedField
{
    public required FieldPlan Plan { get; init; }

    public required FieldComparison Result { get; init; }

    public required FieldCells Cells { get; init; }

    public required DriftTable ReferenceTable { get; init; }

    public required DriftTable LiveTable { get; init; }

    public required FieldSummary Reference { get; init; }

    public required FieldSummary Live { get; init; }

    public IReadOnlyList<string> NewValues { get; init; } = [];

    public double? DistanceError { get; init; }

    /// <summary>Few values on both sides: rows can be told apart by them.</summary>
    public bool IsSegment => Cells.IsNamed && Cells.Names.Count is > 1 and <= 50;
}
