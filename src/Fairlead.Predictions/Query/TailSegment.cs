using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Query;

/// <summary>
/// A segment that is in no manifest yet: what was read of it lies in small Parquet files, so that the tail is read like everything else.
/// Each reading adds only what is new; when there are many files of one kind they become one.
/// </summary>
internal sealed class TailSegment(SegmentReader reader, string name, string root) : IDisposable
{
    private const int MaxPieces = 16;
    private List<CompactedFile> files = [];
    private int readings;

    /// <summary>Never changed in place: a snapshot may hold it.</summary>
    public IReadOnlyList<CompactedFile> Files => files;

    /// <summary>Where the files lie.</summary>
    public string Root => root;

    /// <summary>Reads what was appended since the last call.</summary>
    /// <param name="retire">Takes full paths that later snapshots will not hold any more.</param>
    /// <exception cref="FairleadException">Damaged; what is before the damage is in the files. After any other exception the segment must be read anew.</exception>
    public void Refresh(ScratchDatabase scratch, Action<string> retire, CancellationToken cancellationToken)
    {
        using var tables = new SegmentTables(scratch);
        FairleadException? damage = null;
        try
        {
            tables.Add(reader, name, cancellationToken);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Damaged)
        {
            // What is before the damage is good.
            damage = e;
        }

        if (tables.Records > 0)
            Write(tables, scratch.Connection, retire, cancellationToken);
        if (damage is not null)
            throw damage;
    }

    public void Dispose() => reader.Dispose();

    private void Write(SegmentTables tables, DuckDbConnection scratch, Action<string> retire, CancellationToken cancellationToken)
    {
        var next = new List<CompactedFile>(files);
        next.AddRange(tables.Write(root, $"{name}.{readings++}", isDurable: false, cancellationToken));
        files = next;
        // The name behind the number of the reading is the same for all pieces of one server group.
        foreach (var pieces in next.GroupBy(file => KindOf(file.Path)).Where(pieces => pieces.Count() > MaxPieces).ToList())
            Merge(scratch, [.. pieces], retire, cancellationToken);
    }

    private static string KindOf(string path)
    {
        var file = path.LastIndexOf('/') + 1;
        var number = path.IndexOf('.', file) + 1;
        var rest = number;
        while (rest < path.Length && char.IsAsciiDigit(path[rest]))
            rest++;
        return path[..number] + path[rest..];
    }

    private void Merge(DuckDbConnection scratch, List<CompactedFile> pieces, Action<string> retire, CancellationToken cancellationToken)
    {
        var kind = KindOf(pieces[0].Path);
        var dot = kind.IndexOf('.', kind.LastIndexOf('/')) + 1;
        var path = kind[..dot] + readings++ + kind[dot..];
        var sources = pieces.Select(piece => Path.Combine(root, piece.Path)).ToList();
        var written = ParquetFile.Write(
            scratch,
            $"SELECT * FROM read_parquet({DuckDbText.List(sources)}, union_by_name = true, hive_partitioning = false)",
            Path.Combine(root, path),
            isDurable: false,
            cancellationToken);
        var merged = new CompactedFile(path, pieces.Sum(p => p.Rows), written.Bytes, pieces.Min(p => p.FirstTime), pieces.Max(p => p.LastTime));
        files = [.. files.Except(pieces), merged];
        sources.ForEach(retire);
    }
}
