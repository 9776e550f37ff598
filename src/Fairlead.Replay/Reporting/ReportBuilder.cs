using Fairlead.Predictions.Analysis;
using Fairlead.Replay.Running;

namespace Fairlead.Replay.Reporting;

/// <summary>Makes the report of a replay from its rows and the outcomes that are known by now.</summary>
internal sealed class ReportBuilder(AnalysisSession session, ReplayRecord record, CancellationToken cancellationToken)
{
    private const int ShownSegments = 50;

    /// <param name="files">Of the chunks.</param>
    /// <param name="scoring">Seconds spent scoring, and how many rows went through in them.</param>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Invalid: score or label are no expressions over outputs and outcomes.</exception>
    public ReplayReport Build(IReadOnlyList<string> files, (double Seconds, long Rows) scoring)
    {
        var rows = ReplayRows.Open(session.Connection, files, record.Judging.Tolerance, cancellationToken);
        var comparison = new ComparisonReader(rows, cancellationToken);
        var recordedBy = comparison.RecordedBy();
        var reasons = comparison.Reasons();
        var replayed = recordedBy.Sum(group => group.Rows);
        var (all, outputs) = comparison.Compare();
        var reader = new JudgedRowReader(rows, record, comparison.AllWithin, cancellationToken);
        var judged = reader.Read();
        var segments = Divide(reader, judged);
        return new ReplayReport
        {
            Number = record.Number,
            Service = record.Order.Service,
            Environment = record.Order.From,
            Since = record.Plan.Since,
            Until = record.Plan.Until,
            Where = record.Order.Where,
            Target = record.Target.Label,
            RecordedBy = recordedBy,
            Selected = replayed + reasons.Sum(reason => reason.Rows) + record.Plan.Failed,
            Replayed = replayed,
            Skipped = record.Plan.Failed == 0 ? reasons : [new CountedName("answered by an error", record.Plan.Failed), .. reasons],
            Agreement = all,
            Outputs = [.. outputs.Select(output => output with { Differences = comparison.Differences(output) })],
            Worst = comparison.Worst(record.Plan),
            Evaluation = judged is null ? null : Evaluate(reader, judged),
            Segments = [.. segments.Take(ShownSegments)],
            MoreSegments = Math.Max(0, segments.Count - ShownSegments),
            Timing = Time(scoring),
        };
    }

    private ReplayEvaluation Evaluate(JudgedRowReader reader, JudgedRows judged)
    {
        var labelled = Labelled(judged, Enumerable.Range(0, judged.Count));
        var metrics = labelled.Count == 0 ? null : judged.Judge(labelled);
        return new ReplayEvaluation
        {
            Score = reader.Score!,
            Label = reader.Label,
            Task = judged.Task,
            Threshold = record.Judging.Threshold,
            ClassAgreement = judged.Count == 0 ? null : judged.SameDecisions / (double)judged.Count,
            Outcomes = labelled.Count,
            Metrics = [.. metrics?.Metrics ?? [], .. judged.Count == 0 ? [] : judged.Describe([.. Enumerable.Range(0, judged.Count)])],
            RecordedCalibration = metrics?.Recorded,
            ReplayedCalibration = metrics?.Replayed,
        };
    }

    private List<SegmentReport> Divide(JudgedRowReader reader, JudgedRows? judged)
    {
        if (record.Plan.Segments.Count == 0)
            return [];
        return [.. Enumerable.Range(0, reader.Facts.Count)
            .GroupBy(row => reader.Facts[row].Segment, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select((group, index) => Describe(group.Key, [.. group], reader, index < ShownSegments ? judged : null))];
    }

    private static SegmentReport Describe(string key, List<int> rows, JudgedRowReader reader, JudgedRows? judged)
    {
        var labelled = judged is null ? [] : Labelled(judged, rows);
        return new SegmentReport(
            key.Split('\x1f'),
            rows.Count,
            rows.Count(row => reader.Facts[row].Agrees) / (double)rows.Count,
            labelled.Count,
            judged is null ? [] : [.. labelled.Count == 0 ? [] : judged.Judge(labelled).Metrics, .. judged.Describe(rows)]);
    }

    private static List<int> Labelled(JudgedRows judged, IEnumerable<int> rows) => [.. rows.Where(row => judged.HasLabel[row])];

    private ReplayTiming Time((double Seconds, long Rows) scoring)
    {
        using var result = session.Connection.Query(
            $"SELECT quantile_cont(latency_us, 0.5), quantile_cont(latency_us, 0.9), quantile_cont(latency_us, 0.99) FROM {ReplayRows.View}", cancellationToken);
        result.Read(cancellationToken);
        return new ReplayTiming(scoring.Seconds, scoring.Seconds > 0 ? scoring.Rows / scoring.Seconds : 0, Milliseconds(0), Milliseconds(1), Milliseconds(2));

        double? Milliseconds(int column) => result.Value(column) is double micros ? micros / 1000 : null;
    }
}
