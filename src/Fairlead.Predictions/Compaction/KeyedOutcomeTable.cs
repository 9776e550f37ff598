using System.Buffers;
using System.Globalization;
using Fairlead.DuckDb;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>The outcomes by key of one day: which predictions they are about is found when they are read, so that either may come first.</summary>
internal sealed class KeyedOutcomeTable(DateOnly day, string table) : ILogTable
{
    private readonly ArrayBufferWriter<byte> bytes = new();
    private readonly List<(long Time, long Posted, long Window, bool IsAboutEvery, int Service, int Environment, int Unit, int Json)> records = [];
    private readonly OutcomeFields fields = new();

    public RowSpan Span { get; } = new();

    public long Misfits => 0;

    public void Add(in SegmentRecord record, long at)
    {
        fields.Learn(record.Json);
        bytes.Write(record.Service);
        bytes.Write(record.Environment);
        bytes.Write(record.Unit);
        bytes.Write(record.Json);
        records.Add((
            record.TimeMicroseconds, record.PostedMicroseconds, record.WindowMicroseconds, record.IsAboutEvery,
            record.Service.Length, record.Environment.Length, record.Unit.Length, record.Json.Length));
        Span.Add(record.TimeMicroseconds, record.TimeMicroseconds / 1000, 1);
    }

    public string PathFor(string segment) =>
        $"{PredictionLayout.Outcomes}/date={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/{segment}{PredictionLayout.KeyedSuffix}.parquet";

    public string Complete(ScratchDatabase scratch)
    {
        var connection = scratch.Connection;
        connection.Execute(
            $"""
            CREATE TABLE {table} (service VARCHAR, environment VARCHAR, unit VARCHAR, "time" BIGINT, posted BIGINT, window_us BIGINT, "every" BOOLEAN, outcome {fields.StructType})
            """);
        using var appender = connection.OpenAppender(table);
        var rest = bytes.WrittenSpan;
        foreach (var record in records)
        {
            LosslessText.Write(appender[0], Take(ref rest, record.Service));
            LosslessText.WriteOptional(appender[1], Take(ref rest, record.Environment));
            LosslessText.Write(appender[2], Take(ref rest, record.Unit));
            appender[3].Write(record.Time);
            OutcomeTable.WritePosted(appender[4], record.Posted);
            appender[5].Write(record.Window);
            appender[6].Write((byte)(record.IsAboutEvery ? 1 : 0));
            fields.Write(appender[7], Take(ref rest, record.Json));
            appender.EndRow();
        }

        appender.Complete();
        return $"""
            SELECT service, environment, unit, make_timestamptz("time") AS "time", make_timestamptz(posted) AS posted, window_us, "every", outcome
            FROM {table}{(Span.IsSorted ? "" : " ORDER BY \"time\"")}
            """;
    }

    public void Dispose()
    {
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        var part = rest[..length];
        rest = rest[length..];
        return part;
    }
}
