using System.Buffers;
using System.Globalization;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>The outcomes of one day. Which fields they have and of which types is known when all have been read: they are kept until then.</summary>
internal sealed class OutcomeTable(DateOnly day, string table) : ILogTable
{
    private readonly ArrayBufferWriter<byte> json = new();
    private readonly List<(PredictionId Id, long Time, long Posted, int Length)> records = [];
    private readonly OutcomeFields fields = new();

    public RowSpan Span { get; } = new();

    public long Misfits => 0;

    public void Add(in SegmentRecord record, long at)
    {
        fields.Learn(record.Json);
        json.Write(record.Json);
        records.Add((record.Id, record.TimeMicroseconds, record.PostedMicroseconds, record.Json.Length));
        Span.Add(record.TimeMicroseconds, record.TimeMicroseconds / 1000, 1);
    }

    public string PathFor(string segment) =>
        $"{PredictionLayout.Outcomes}/date={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/{segment}.parquet";

    public string Complete(ScratchDatabase scratch)
    {
        var connection = scratch.Connection;
        connection.Execute($"CREATE TABLE {table} (prediction UUID, \"time\" BIGINT, posted BIGINT, outcome {fields.StructType})");
        using var appender = connection.OpenAppender(table);
        var rest = json.WrittenSpan;
        Span<byte> id = stackalloc byte[16];
        foreach (var (prediction, time, posted, length) in records)
        {
            prediction.Write(id);
            appender[0].WriteUuid(id);
            appender[1].Write(time);
            WritePosted(appender[2], posted);
            fields.Write(appender[3], rest[..length]);
            appender.EndRow();
            rest = rest[length..];
        }

        appender.Complete();
        return $"""
            SELECT prediction, make_timestamptz("time") AS "time", make_timestamptz(posted) AS posted, outcome
            FROM {table}{(Span.IsSorted ? "" : " ORDER BY \"time\"")}
            """;
    }

    public void Dispose()
    {
    }

    /// <summary>Logs of old do not say when an outcome was posted.</summary>
    internal static void WritePosted(DuckDbColumnWriter column, long posted)
    {
        if (posted == 0)
            column.WriteNull();
        else
            column.Write(posted);
    }
}
