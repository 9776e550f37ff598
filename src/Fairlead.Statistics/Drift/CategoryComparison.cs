namespace Fairlead.Statistics.Drift;

/// <summary>Compares categories: a cell for each value that is frequent enough, one for all others.</summary>
public static class CategoryComparison
{
    /// <summary>More cells hide a shift of a few values behind the noise of the others.</summary>
    private const int MostCells = 200;

    /// <summary>Rows that a cell should hold on the smaller side.</summary>
    private const double RowsEach = 5;

    public static FieldComparison Of(CategoryCounts counts)
    {
        var (reference, live) = (counts.Reference, counts.Live);
        var smaller = (double)Math.Min(reference.Present, live.Present) / Math.Max(1, reference.Present + live.Present);
        var cells = counts.Top.Where(value => (value.Reference + value.Live) * smaller >= RowsEach).Take(MostCells).ToList();
        long[] atReference = [.. cells.Select(cell => cell.Reference), reference.Present - cells.Sum(cell => cell.Reference)];
        long[] atLive = [.. cells.Select(cell => cell.Live), live.Present - cells.Sum(cell => cell.Live)];
        long[] referenceCells = [.. atReference, reference.Missing];
        long[] liveCells = [.. atLive, live.Missing];
        return new FieldComparison
        {
            Stability = StabilityIndex.Of(referenceCells, liveCells),
            JensenShannon = Divergence.JensenShannon(referenceCells, liveCells),
            Hellinger = Divergence.Hellinger(referenceCells, liveCells),
            ChiSquared = HomogeneityTest.Of(atReference, atLive),
            Missing = ShareTest.Of(reference.Missing, reference.Rows, live.Missing, live.Rows),
            New = UnseenTest.Of(live.Unseen, live.Present, reference.Singles, reference.Pairs, reference.Present),
            Gone = UnseenTest.Of(reference.Unseen, reference.Present, live.Singles, live.Pairs, live.Present),
            Names = [.. cells.Select(cell => cell.Name)],
            ReferenceCells = referenceCells,
            LiveCells = liveCells,
        };
    }
}
