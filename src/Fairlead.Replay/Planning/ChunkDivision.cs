using System.Globalization;
using Fairlead.DuckDb;

namespace Fairlead.Replay.Planning;

/// <summary>Divides predictions by their times into chunks of about the same number of rows. Many of one microsecond stay together.</summary>
/// <param name="condition">Which of them; without the time.</param>
/// <param name="chunkRows">Rows that a chunk is filled up to.</param>
internal sealed class ChunkDivision(DuckDbConnection connection, string condition, long chunkRows, CancellationToken cancellationToken)
{
    private const int Bins = 4096;
    private readonly List<ReplayChunk> chunks = [];
    private long start;
    private long end;
    private long rows;

    /// <param name="from">Microseconds since 1970-01-01 UTC, inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public IReadOnlyList<ReplayChunk> Divide(long from, long to)
    {
        start = from;
        end = from;
        Add(from, to);
        if (rows > 0)
            Close();
        return chunks;
    }

    private void Add(long from, long to)
    {
        var width = Math.Max(1, ((to - from) + Bins - 1) / Bins);
        foreach (var (bin, count) in Count(from, to, width))
        {
            var (binStart, binEnd) = (from + (bin * width), Math.Min(to, from + ((bin + 1) * width)));
            if (count > chunkRows && width > 1)
            {
                Add(binStart, binEnd);
                continue;
            }

            if (rows > 0 && rows + count > chunkRows)
                Close();
            end = binEnd;
            rows += count;
        }
    }

    // Each begins where the one before it ends.
    private void Close()
    {
        chunks.Add(new ReplayChunk(chunks.Count + 1, start, end, rows));
        start = end;
        rows = 0;
    }

    private List<(long Bin, long Rows)> Count(long from, long to, long width)
    {
        var bins = new List<(long, long)>();
        using var result = connection.Query(
            string.Create(
                CultureInfo.InvariantCulture,
                $"select (epoch_us(\"time\") - {from}) // {width}, count(*) from predictions where {condition} and {ReplayPlanner.RangeOf(from, to)} group by 1 order by 1"),
            cancellationToken);
        while (result.Read(cancellationToken))
            bins.Add(((long)result.Value(0)!, (long)result.Value(1)!));
        return bins;
    }
}
