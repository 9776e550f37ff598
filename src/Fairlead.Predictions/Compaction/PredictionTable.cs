using System.Globalization;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>The predictions of one server group on one day. What they have in common is not stored by row but added when the file is written.</summary>
internal sealed class PredictionTable : ILogTable
{
    private const string Fixed =
        "id UUID, request UUID, \"row\" INTEGER, \"time\" BIGINT, \"role\" UTINYINT, route UTINYINT, omitted UTINYINT, unit VARCHAR, request_id VARCHAR, status INTEGER, error VARCHAR, latency_us INTEGER, trace_id VARCHAR";
    private readonly CaptureContext context;
    private readonly string day;
    private readonly string table;
    private readonly DuckDbAppender appender;
    private readonly TensorStruct inputs;
    private readonly TensorStruct outputs;

    public PredictionTable(DuckDbConnection connection, CaptureContext context, DateOnly day, string table)
    {
        this.context = context;
        this.day = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        this.table = table;
        var inputColumns = TensorColumn.Of(context.Signature.Inputs);
        var outputColumns = TensorColumn.Of(context.Signature.Outputs);
        connection.Execute($"CREATE TABLE {table} ({Fixed}, input {TensorColumn.StructType(inputColumns)}, output {TensorColumn.StructType(outputColumns)})");
        appender = connection.OpenAppender(table);
        inputs = new TensorStruct(inputColumns, appender[13]);
        outputs = new TensorStruct(outputColumns, appender[14]);
    }

    public RowSpan Span { get; } = new();

    public long Misfits => inputs.Misfits + outputs.Misfits;

    public void Add(in SegmentRecord record)
    {
        // A request that failed before it was read has one row without inputs.
        var rows = record.Inputs.IsEmpty ? Math.Max(1, record.Rows) : record.Rows;
        inputs.Begin(record.Inputs, rows);
        outputs.Begin(record.Outputs, rows);
        Span<byte> id = stackalloc byte[16];
        for (var row = 0; row < rows; row++)
        {
            WriteFixed(record, row, id);
            inputs.WriteRow(record.Inputs);
            outputs.WriteRow(record.Outputs);
            appender.EndRow();
        }

        Span.Add(record.TimeMicroseconds, record.Id.UnixMilliseconds, rows);
    }

    // The server group's name makes the name unique within a segment, and the same whenever the segment is read again.
    public string PathFor(string segment) =>
        $"{PredictionLayout.Predictions}/environment={Uri.EscapeDataString(context.ServerGroup.Environment)}/service={Uri.EscapeDataString(context.ServerGroup.Service)}/date={day}/{segment}-{Uri.EscapeDataString(context.ServerGroup.ToString())}.parquet";

    public string Complete(DuckDbConnection connection)
    {
        appender.Complete();
        return $"""
            SELECT id, request, "row", make_timestamptz("time") AS "time",
              {DuckDbText.Literal(context.ServerGroup.ToString())} AS server_group, {DuckDbText.Literal(context.Release.ToString())} AS release,
              {(context.Model is null ? "NULL::VARCHAR" : DuckDbText.Literal(context.Model))} AS model, {context.ModelVersion?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "NULL"}::INTEGER AS model_version, {DuckDbText.Literal(context.ModelDigest.ToString())} AS model_digest,
              {(context.Customer is null ? "NULL::VARCHAR" : DuckDbText.Literal(context.Customer))} AS customer,
              CASE "role" WHEN 0 THEN 'live' WHEN 1 THEN 'shadow' ELSE 'replay' END AS "role",
              CASE route WHEN 1 THEN 'weight' WHEN 2 THEN 'unit' WHEN 3 THEN 'version' WHEN 4 THEN 'mirror' WHEN 5 THEN 'none' END AS route,
              CASE omitted WHEN 1 THEN 'input' WHEN 2 THEN 'output' WHEN 3 THEN 'input, output' END AS omitted,
              unit, request_id, status, error, latency_us, {DuckDbText.Literal(context.Configuration.ToString())} AS configuration, trace_id, input, output
            FROM {table}{(Span.IsSorted ? "" : " ORDER BY \"time\", id")}
            """;
    }

    public void Dispose() => appender.Dispose();

    private void WriteFixed(in SegmentRecord record, int row, Span<byte> id)
    {
        record.Id.OfRow(row).Write(id);
        appender[0].WriteUuid(id);
        record.Request.OfRow(0).Write(id);
        appender[1].WriteUuid(id);
        appender[2].Write(row);
        appender[3].Write(record.TimeMicroseconds);
        appender[4].Write((byte)record.Role);
        appender[5].Write((byte)record.Route);
        appender[6].Write((byte)record.Omitted);
        LosslessText.WriteOptional(appender[7], record.Unit);
        LosslessText.WriteOptional(appender[8], record.RequestId);
        appender[9].Write(record.Status);
        LosslessText.WriteOptional(appender[10], record.Error);
        appender[11].Write(record.LatencyMicroseconds);
        WriteTrace(appender[12], record.TraceId);
    }

    private static void WriteTrace(DuckDbColumnWriter column, ReadOnlySpan<byte> trace)
    {
        if (trace.IsEmpty)
        {
            column.WriteNull();
            return;
        }

        Span<byte> hex = stackalloc byte[trace.Length * 2];
        _ = Convert.TryToHexStringLower(trace, hex, out _);
        column.WriteUtf8(hex);
    }
}
