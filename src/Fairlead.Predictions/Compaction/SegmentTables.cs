using System.Runtime.ExceptionServices;
using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.DuckDb;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// Sorts the records of a segment, or of a piece of it, into tables of which each becomes one Parquet file. The first reading tells what is where, and that it is
/// whole; the second gives it to the files.
/// </summary>
/// <param name="scratch">Opened by the first record: most looks at the end of the log find nothing new.</param>
internal sealed class SegmentTables(ScratchDatabase scratch) : IDisposable
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private readonly Dictionary<(string Context, long Day), ILogTable> tables = [];

    // A server group has several contexts in one segment when the host took it up anew; they are told apart by what they say.
    private readonly Dictionary<CaptureContext, string> contexts = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> names = [];
    private SegmentReader? source;
    private CaptureContext? lastContext;
    private long lastDay = long.MinValue;
    private SegmentRecordKind lastKind;
    private ILogTable? lastTable;

    public long Records { get; private set; }

    public long Misfits => tables.Values.Sum(table => table.Misfits);

    /// <summary>Adds what the reader has, to the segment's end or its last finished record. Once; the reader is needed again by <see cref="Write"/>.</summary>
    /// <exception cref="FairleadException">Damaged.</exception>
    public void Add(SegmentReader reader, string segment, CancellationToken cancellationToken)
    {
        source = reader;
        try
        {
            while (reader.TryRead(out var record))
            {
                TableFor(record, Math.DivRem(record.TimeMicroseconds, MicrosecondsPerDay).Quotient).Add(record, reader.RecordAt);
                if ((++Records & 0xFFF) == 0)
                    cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw FairleadException.Damaged($"A record before byte {reader.Position} of the log segment '{segment}' cannot be understood: {e.Message}");
        }
    }

    /// <summary>Writes the files below a folder, each whole or not at all.</summary>
    /// <returns>What was written, with paths relative to the folder.</returns>
    public List<CompactedFile> Write(string root, string segment, bool isDurable, CancellationToken cancellationToken)
    {
        var files = new List<CompactedFile>();
        foreach (var table in tables.Values.Where(table => table.Span.Rows > 0))
        {
            var path = UniquePath(table.PathFor(segment), files);
            var written = WriteFile(table, Path.Combine(root, path), isDurable, cancellationToken);
            files.Add(new CompactedFile(path, table.Span.Rows, written.Bytes, table.Span.First, table.Span.Last) { Digest = written.Digest, Shape = written.Shape });
        }

        return files;
    }

    public void Dispose()
    {
        foreach (var table in tables.Values)
            table.Dispose();
        foreach (var name in names)
            scratch.Connection.Execute($"DROP TABLE IF EXISTS {name}");
    }

    private WrittenParquet WriteFile(ILogTable table, string path, bool isDurable, CancellationToken cancellationToken)
    {
        try
        {
            return ParquetFile.Write(scratch.Connection, table.Complete(scratch), path, isDurable, cancellationToken);
        }
        catch (DuckDbException) when (table.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    private ILogTable TableFor(in SegmentRecord record, long day)
    {
        var context = record.Context;
        if (lastTable is not null && ReferenceEquals(context, lastContext) && day == lastDay && record.Kind == lastKind)
            return lastTable;
        var key = context is null ? record.Kind.ToString() : KeyOf(context);
        if (!tables.TryGetValue((key, day), out var table))
        {
            var name = $"t{tables.Count}";
            if (context is null)
                names.Add(name);
            var date = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day);
            table = context is not null ? new PredictionTable(source!, context, date)
                : record.Kind == SegmentRecordKind.KeyedOutcome ? new KeyedOutcomeTable(date, name)
                : new OutcomeTable(date, name);
            tables.Add((key, day), table);
        }

        (lastContext, lastDay, lastKind, lastTable) = (context, day, record.Kind, table);
        return table;
    }

    private string KeyOf(CaptureContext context)
    {
        if (!contexts.TryGetValue(context, out var key))
            contexts[context] = key = JsonSerializer.Serialize(context, DomainJson.Default.CaptureContext);
        return key;
    }

    // What a server group runs never changes; should two records say otherwise, neither may overwrite the other.
    private static string UniquePath(string path, List<CompactedFile> files)
    {
        var unique = path;
        for (var number = 2; files.Exists(file => file.Path == unique); number++)
            unique = $"{Path.ChangeExtension(path, null)}-{number}.parquet";
        return unique;
    }
}
