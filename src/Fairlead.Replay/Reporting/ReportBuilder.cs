using Fairlead.Predictions.Analysis;
using Fairlead.Replay.Running;

namespace Fairlead.Replay.Reporting;

/// <summary>Makes the report of a replay from its rows and the outcomes that are known by now.</summary>
/// <param name="mostJudged">See <see cref="ReplayOptions.JudgedRows"/>.</param>
internal sealed class ReportBuilder(AnalysisSession session, ReplayRecord record, int mostJudged, CancellationToken cancellationToken)
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
        var reader = new JudgedRowReader(rows, record, replayed, mostJudged, cancellationToken);
        var judged = reader.Read();
        var (segments, more) = Divide(reader, judged, comparison.AllWithin);
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
            Segments = segments,
            MoreSegments = more,
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
            DrawnFrom = reader.DrawnFrom,
            Judged = judged.Count,
            Metrics = [.. metrics?.Metrics ?? [], .. judged.Count == 0 ? [] : judged.Describe([.. Enumerable.Range(0, judged.Count)])],
            RecordedCalibration = metrics?.Recorded,
            ReplayedCalibration = metrics?.Replayed,
        };
    }

    private (List<SegmentReport> Shown, int More) Divide(JudgedRowReader reader, JudgedRows? judged, string within)
    {
        if (record.Plan.Segments.Count == 0)
            return ([], 0);
        var judgedRows = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var row = 0; row < reader.Segments.Count; row++)
        {
            if (!judgedRows.TryGetValue(reader.Segments[row], out var rows))
                judgedRows.Add(reader.Segments[row], rows = []);
            rows.Add(row);
        }

        var shown = new List<SegmentReport>();
        using var result = session.Connection.Query(
            $"""
            SELECT array_to_string(segments, chr(31)) AS key, count(*), count(*) FILTER ({within}), count(*) OVER () FROM {ReplayRows.View} WHERE error IS NULL
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {ShownSegments}
            """,
            cancellationToken);
        var all = 0;
        while (result.Read(cancellationToken))
        {
            var key = result.Value(0) as string ?? "";
            shown.Add(Describe(key, (long)result.Value(1)!, (long)result.Value(2)!, judged, judgedRows.GetValueOrDefault(key) ?? []));
            all = (int)(long)result.Value(3)!;
        }

        return (shown, Math.Max(0, all - ShownSegments));
    }

    private static SegmentReport Describe(string key, long rows, long agreeing, JudgedRows? judged, List<int> drawn)
    {
        var labelled = judged is null ? [] : Labelled(judged, drawn);
        return new SegmentReport(
            key.Split('\x1f'),
            rows,
            agreeing / (double)rows,
            labelled.Count,
            judged is null ? [] : [.. labelled.Count == 0 ? [] : judged.Judge(labelled).Metrics, .. drawn.Count == 0 ? [] : judged.Describe(drawn)]);
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
