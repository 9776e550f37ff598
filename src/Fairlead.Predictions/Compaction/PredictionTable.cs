using System.Globalization;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// The predictions of one server group on one day. What they have in common is not stored by row but added when the file is written. They stay in
/// their segment until then: a statement that writes the file reads them there, and they are never all in memory by themselves.
/// </summary>
internal sealed class PredictionTable : ILogTable, IRowSource
{
    private const string Fixed =
        "id UUID, request UUID, \"row\" INTEGER, \"time\" BIGINT, \"role\" UTINYINT, route UTINYINT, omitted UTINYINT, unit VARCHAR, request_id VARCHAR, status INTEGER, error VARCHAR, latency_us INTEGER, trace_id VARCHAR";
    private readonly SegmentReader reader;
    private readonly CaptureContext context;
    private readonly string day;
    private readonly List<Place> places = [];
    private readonly TensorColumn[] inputColumns;
    private readonly TensorColumn[] outputColumns;
    private readonly TensorStruct inputs;
    private readonly TensorStruct outputs;
    private RowFunction? function;
    private int nextRecord;
    private int nextRow;

    /// <param name="reader">Has the records, also when the file is written.</param>
    public PredictionTable(SegmentReader reader, CaptureContext context, DateOnly day)
    {
        this.reader = reader;
        this.context = context;
        this.day = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        inputColumns = TensorColumn.Of(context.Signature.Inputs);
        outputColumns = TensorColumn.Of(context.Signature.Outputs);
        inputs = new TensorStruct(inputColumns);
        outputs = new TensorStruct(outputColumns);
    }

    public RowSpan Span { get; } = new();

    public long Misfits => inputs.Misfits + outputs.Misfits;

    public Exception? Failure => function?.Failure;

    public long Rows => Span.Rows;

    public void Add(in SegmentRecord record, long at)
    {
        TensorStruct.Check(inputColumns, record.Inputs);
        TensorStruct.Check(outputColumns, record.Outputs);
        var rows = RowsOf(record);
        places.Add(new Place(record.TimeMicroseconds, record.Id, at));
        Span.Add(record.TimeMicroseconds, record.Id.UnixMilliseconds, rows);
    }

    // The server group's name makes the name unique within a segment, and the same whenever the segment is read again.
    public string PathFor(string segment) =>
        $"{PredictionLayout.Predictions}/environment={Uri.EscapeDataString(context.ServerGroup.Environment)}/service={Uri.EscapeDataString(context.ServerGroup.Service)}/date={day}/{segment}-{Uri.EscapeDataString(context.ServerGroup.ToString())}.parquet";

    public string Complete(ScratchDatabase scratch)
    {
        (nextRecord, nextRow) = (0, 0);

        // Not by the statement: rows of tensors that do not fit into its memory end the process when they are sorted on the disk.
        if (!Span.IsSorted)
            places.Sort();
        function = scratch.RowsOf($"STRUCT({Fixed}, input {TensorColumn.StructType(inputColumns)}, output {TensorColumn.StructType(outputColumns)})");
        return $"""
            SELECT id, request, "row", make_timestamptz("time") AS "time",
              {DuckDbText.Literal(context.ServerGroup.ToString())} AS server_group, {DuckDbText.Literal(context.Release.ToString())} AS release,
              {(context.Model is null ? "NULL::VARCHAR" : DuckDbText.Literal(context.Model))} AS model, {context.ModelVersion?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "NULL"}::INTEGER AS model_version, {DuckDbText.Literal(context.ModelDigest.ToString())} AS model_digest,
              {(context.Customer is null ? "NULL::VARCHAR" : DuckDbText.Literal(context.Customer))} AS customer,
              CASE "role" WHEN 0 THEN 'live' WHEN 1 THEN 'shadow' ELSE 'replay' END AS "role",
              CASE route WHEN 1 THEN 'weight' WHEN 2 THEN 'unit' WHEN 3 THEN 'version' WHEN 4 THEN 'mirror' WHEN 5 THEN 'none' END AS route,
              CASE omitted WHEN 1 THEN 'input' WHEN 2 THEN 'output' WHEN 3 THEN 'input, output' END AS omitted,
              unit, request_id, status, error, latency_us, {DuckDbText.Literal(context.Configuration.ToString())} AS configuration, trace_id, input, output
            FROM {function.Begin(this)}
            """;
    }

    public void Write(int rows, DuckDbColumnWriter target)
    {
        while (rows > 0)
        {
            var record = reader.ReadAgain(places[nextRecord].At);
            var all = RowsOf(record);
            if (nextRow == 0)
            {
                inputs.Begin(record.Inputs, all);
                outputs.Begin(record.Outputs, all);
            }

            for (; nextRow < all && rows > 0; nextRow++, rows--)
                WriteRow(record, nextRow, target);
            if (nextRow == all)
                (nextRecord, nextRow) = (nextRecord + 1, 0);
        }
    }

    public void Dispose() => function?.End(this);

    // A request that failed before it was read has one row without inputs.
    private static int RowsOf(in SegmentRecord record) => record.Inputs.IsEmpty ? Math.Max(1, record.Rows) : record.Rows;

    private void WriteRow(in SegmentRecord record, int row, DuckDbColumnWriter target)
    {
        var fields = target.Fields;
        Span<byte> id = stackalloc byte[16];
        record.Id.OfRow(row).Write(id);
        fields[0].WriteUuid(id);
        record.Request.OfRow(0).Write(id);
        fields[1].WriteUuid(id);
        fields[2].Write(row);
        fields[3].Write(record.TimeMicroseconds);
        fields[4].Write((byte)record.Role);
        fields[5].Write((byte)record.Route);
        fields[6].Write((byte)record.Omitted);
        LosslessText.WriteOptional(fields[7], record.Unit);
        LosslessText.WriteOptional(fields[8], record.RequestId);
        fields[9].Write(record.Status);
        LosslessText.WriteOptional(fields[10], record.Error);
        fields[11].Write(record.LatencyMicroseconds);
        WriteTrace(fields[12], record.TraceId);
        inputs.WriteRow(record.Inputs, fields[13]);
        outputs.WriteRow(record.Outputs, fields[14]);
        target.EndStruct();
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

    /// <summary>Where a record begins, and what it is sorted by: the ids of its rows follow one another.</summary>
    private readonly record struct Place(long Time, PredictionId Id, long At) : IComparable<Place>
    {
        public int CompareTo(Place other) => Time != other.Time ? Time.CompareTo(other.Time) : Id.CompareTo(other.Id);
    }
}
