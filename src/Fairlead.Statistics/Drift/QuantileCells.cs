namespace Fairlead.Statistics.Drift;

/// <summary>Cells of about as many rows each.</summary>
public static class QuantileCells
{
    private const int Most = 20;
    private const int Least = 2;

    /// <summary>Rows that each cell should hold in the smaller sample, so that the statistics over cells keep their distributions.</summary>
    private const int RowsEach = 25;

    /// <summary>How many cells suit samples of these sizes.</summary>
    public static int CountFor(long reference, long live) => (int)Math.Clamp(Math.Min(reference, live) / RowsEach, Least, Most);

    /// <summary>
    /// Upper ends of the cells, rising, each included in its cell; what is above the last is one more cell. A value that holds more rows than a cell should
    /// is a cell with what is just below it, so that there may be fewer cells than were asked for; none when all values are alike.
    /// </summary>
    public static double[] Edges(ValueCounts sample, int cells)
    {
        var edges = new List<double>(cells);
        var each = (double)sample.Total / cells;
        var (seen, inCell) = (0L, 0L);
        for (var i = 0; i + 1 < sample.Values.Count && edges.Count < cells - 1; i++)
        {
            seen += sample.Counts[i];
            inCell += sample.Counts[i];
            if (inCell < each - 1e-9)
                continue;
            edges.Add(sample.Values[i]);
            inCell = 0;
            // Ties may have filled several cells at once: the others divide what is left.
            each = (double)(sample.Total - seen) / (cells - edges.Count);
        }

        return [.. edges];
    }

    /// <summary>How many rows of a sample fall into each of the cells.</summary>
    public static long[] Count(ValueCounts sample, ReadOnlySpan<double> edges)
    {
        var counts = new long[edges.Length + 1];
        var cell = 0;
        for (var i = 0; i < sample.Values.Count; i++)
        {
            while (cell < edges.Length && sample.Values[i] > edges[cell])
                cell++;
            counts[cell] += sample.Counts[i];
        }

        return counts;
    }
}
