using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Keeping;

/// <summary>Writes rows of files of the manifest into a new file, under its hidden name.</summary>
internal sealed class FileRewriter(StateFolder folder, TimeProvider time)
{
    public string Location(CompactedFile file) => PredictionLayout.Location(folder.Predictions, file);

    /// <summary>A source for FROM.</summary>
    public string Read(IEnumerable<CompactedFile> files) => $"read_parquet({DuckDbText.List(files.Select(Location))}, hive_partitioning = false)";

    /// <summary>True when the bytes are those that were written, or nobody knows which these were.</summary>
    public bool IsWhole(CompactedFile file) =>
        File.Exists(Location(file)) && (file.Digest is not { } digest || ParquetFile.DigestOf(Location(file)) == digest);

    /// <summary>
    /// Makes one file of several, sorted by time; those that overlap and are too large to be sorted in memory follow one another as they are: rows with lists that
    /// are sorted on the disk end the process (DuckDB 1.5.6, in <c>TupleDataListGather</c>).
    /// </summary>
    public CompactedFile Merge(DuckDbConnection connection, IReadOnlyList<CompactedFile> files, CancellationToken cancellationToken)
    {
        var partition = FilePartition.Of(files[0]);
        var sorted = files.OrderBy(file => file.FirstTime).ToList();
        var isInOrder = sorted.Zip(sorted.Skip(1)).All(pair => pair.First.LastTime < pair.Second.FirstTime);
        var order = partition.Service is null ? " ORDER BY \"time\"" : " ORDER BY \"time\", id";
        CompactedFile Of(string how) => Write(connection, $"SELECT * FROM {Read(sorted)}{how}", "merged", partition, files.Sum(file => file.Rows), files, cancellationToken);
        if (isInOrder)
            return Of("");
        connection.Execute("SET max_temp_directory_size = '0B'", cancellationToken);
        try
        {
            return Of(order);
        }
        catch (DuckDbException e) when (e.Kind == DuckDbErrorKind.OutOfMemory)
        {
            return Of("");
        }
        finally
        {
            connection.Execute("RESET max_temp_directory_size", CancellationToken.None);
        }
    }

    /// <summary>Copies the rows of one file that a condition does not hold for.</summary>
    /// <param name="removed">Rows that it holds for.</param>
    /// <returns>Null when no row is left.</returns>
    public CompactedFile? Without(DuckDbConnection connection, CompactedFile file, string condition, long removed, string work, CancellationToken cancellationToken) =>
        removed >= file.Rows
            ? null
            : Write(connection, $"SELECT * FROM {Read([file])} WHERE ({condition}) IS NOT TRUE", work, FilePartition.Of(file), file.Rows - removed, [file], cancellationToken);

    private CompactedFile Write(
        DuckDbConnection connection, string query, string work, FilePartition partition, long rows, IReadOnlyList<CompactedFile> sources, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var path = partition.NewPath(work, now, Guid.CreateVersion7(now));
        var hidden = Path.Combine(folder.Predictions, PredictionLayout.HiddenPath(path));
        var written = ParquetFile.Write(connection, query, hidden, isDurable: true, cancellationToken);
        var counted = (long)connection.Scalar($"SELECT count(*) FROM read_parquet({DuckDbText.Literal(hidden)}, hive_partitioning = false)")!;
        if (counted != rows)
        {
            File.Delete(hidden);
            throw FairleadException.Damaged(
                $"A file of '{partition.Folder}' would hold '{counted}' rows where the manifest says '{rows}', so that the old ones stay; look for damage by 'fairlead fsck'.");
        }

        return new CompactedFile(path, rows, written.Bytes, sources.Min(file => file.FirstTime), sources.Max(file => file.LastTime))
        {
            Digest = written.Digest,
            Shape = written.Shape,
            WrittenAt = now,
        };
    }
}
