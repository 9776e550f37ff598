using System.Globalization;
using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>Finds the rows without which a field would have drifted less: of each value of other fields, it is tried without its rows on both sides.</summary>
internal sealed class SegmentFinder(FieldCounter counter)
{
    private const int Shown = 5;
    private const int MostValues = 200;
    private const int LeastRows = 30;

    /// <summary>Of the index; less is not worth a sentence.</summary>
    private const double LeastContribution = 0.2;

    /// <param name="by">Fields whose values make the segments.</param>
    /// <param name="isAsked">Somebody named the field: small contributions are shown too.</param>
    public IReadOnlyList<DriftSegment> Find(ComparedField field, IReadOnlyList<ComparedField> by, bool isAsked)
    {
        var segments = new List<DriftSegment>();
        foreach (var other in by.Where(other => other.Plan.Column != field.Plan.Column))
            segments.AddRange(Split(field, other));
        return [.. segments.Where(segment => isAsked || segment.Contribution >= LeastContribution).OrderByDescending(segment => segment.Contribution).Take(Shown)];
    }

    private IEnumerable<DriftSegment> Split(ComparedField field, ComparedField by)
    {
        var reference = Read(field.ReferenceTable, field, by);
        var live = Read(field.LiveTable, field, by);
        var whole = StabilityIndex.Of(field.Result.ReferenceCells, field.Result.LiveCells);
        if (whole.Value <= 0)
            yield break;
        foreach (var (value, cells) in live.OrderByDescending(pair => pair.Value.Sum()).Take(MostValues))
        {
            var rows = cells.Sum();
            if (rows < LeastRows || live.Count < 2)
                continue;
            var before = reference.GetValueOrDefault(value) ?? new long[cells.Length];
            var rest = StabilityIndex.Of(Minus(field.Result.ReferenceCells, before), Minus(field.Result.LiveCells, cells));
            var alone = before.Sum() < LeastRows ? 0 : StabilityIndex.Of(before, cells).Value;
            yield return new DriftSegment(by.Plan.Name, value, (double)rows / Math.Max(1, field.LiveTable.Rows), 1 - (rest.Excess / Math.Max(whole.Excess, 1e-12)), alone);
        }
    }

    private Dictionary<string, long[]> Read(DriftTable table, ComparedField field, ComparedField by)
    {
        var groups = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var (group, cells) in counter.Cells(table, field.Plan.Column, field.Cells, by.Plan.Column))
            groups[group is double number ? FieldCells.Short(number) : Convert.ToString(group, CultureInfo.InvariantCulture) ?? FieldCells.NoValue] = cells;
        return groups;
    }

    private static long[] Minus(long[] all, long[] part) => [.. all.Select((count, i) => Math.Max(0, count - part[i]))];
}
