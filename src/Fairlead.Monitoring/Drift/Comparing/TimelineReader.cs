using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>Follows a field day by day, or hour by hour through a short period: since when it is beyond, and how much its days differ anyway.</summary>
internal sealed class TimelineReader(FieldCounter counter, DriftRequest request)
{
    private const int LeastRows = 30;
    private static readonly TimeSpan LongestByHour = TimeSpan.FromHours(48);

    /// <param name="earlier">Rows before the period, null when it is not looked back.</param>
    public Closeup Read(ComparedField field, DriftPeriod period, DriftTable? earlier)
    {
        var isByHour = period.Until - period.Since <= LongestByHour;
        var group = $"date_trunc('{(isByHour ? "hour" : "day")}', t)";
        var days = counter.Cells(field.LiveTable, field.Plan.Column, field.Cells, group).ToList();
        var variation = isByHour ? null : DayVariation.Of([.. days.Select(day => day.Cells)]);
        if (earlier is not null)
            days.AddRange(counter.Cells(earlier, field.Plan.Column, field.Cells, group));
        var moments = days.GroupBy(day => (DateTime)day.Group!).OrderBy(same => same.Key).Select(same => MomentOf(field, same.Key, Sum(same.Select(day => day.Cells)))).ToList();
        return new Closeup
        {
            Timeline = moments,
            BeyondSince = request.Every is null ? FindStart(moments) : null,
            DayVariation = variation,
            DailyPValue = variation is { } factor ? DayVariation.PValue(field.Result.Stability, factor) : null,
        };
    }

    /// <summary>The first of the moments at the end that are beyond without a break; null when the last is not, or all are.</summary>
    internal static DateTimeOffset? FindStart(IReadOnlyList<DriftMoment> moments)
    {
        // Too few rows tell nothing, either way.
        var told = moments.Where(moment => moment.Rows >= LeastRows).ToList();
        var start = told.Count;
        while (start > 0 && told[start - 1].IsBeyond)
            start--;
        return start == told.Count || start == 0 ? null : told[start].At;
    }

    private DriftMoment MomentOf(ComparedField field, DateTime at, long[] cells)
    {
        var index = StabilityIndex.Of(field.Result.ReferenceCells, cells);
        var isBeyond = index.Value > index.Threshold(request.Level) && Math.Sqrt(index.Excess) >= request.LeastEffect;
        return new DriftMoment(new DateTimeOffset(at, TimeSpan.Zero), cells.Sum(), index.Value, isBeyond);
    }

    private static long[] Sum(IEnumerable<long[]> parts)
    {
        long[]? sum = null;
        foreach (var part in parts)
        {
            if (sum is null)
            {
                sum = [.. part];
                continue;
            }

            for (var i = 0; i < sum.Length; i++)
                sum[i] += part[i];
        }

        return sum ?? [];
    }
}
