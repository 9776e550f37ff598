namespace Fairlead.Statistics.Drift;

/// <summary>Compares numbers: over quantile cells of the reference, and along the values themselves.</summary>
public static class NumericComparison
{
    public static FieldComparison Of(NumericSide reference, NumericSide live)
    {
        var edges = reference.Values.Total == 0
            ? QuantileCells.Edges(live.Values, QuantileCells.CountFor(live.Rows, live.Rows))
            : QuantileCells.Edges(reference.Values, QuantileCells.CountFor(reference.Values.Total, live.Values.Total));
        // All values alike: what is not that value falls to one of its sides.
        if (edges.Length == 0 && reference.Values.Values.Count > 0)
            edges = [Math.BitDecrement(reference.Values.Values[0]), reference.Values.Values[0]];
        var (atReference, atLive) = (QuantileCells.Count(reference.Values, edges), QuantileCells.Count(live.Values, edges));
        long[] referenceCells = [.. atReference, reference.Missing + reference.NotFinite];
        long[] liveCells = [.. atLive, live.Missing + live.NotFinite];
        var distance = DistanceTest.Of(reference.Values, live.Values);
        return new FieldComparison
        {
            Stability = StabilityIndex.Of(referenceCells, liveCells),
            JensenShannon = Divergence.JensenShannon(referenceCells, liveCells),
            Hellinger = Divergence.Hellinger(referenceCells, liveCells),
            ChiSquared = HomogeneityTest.Of(atReference, atLive),
            Distance = distance,
            // Of numbers near the largest there are, squares are infinite.
            NormalisedWasserstein = reference.Values.StandardDeviation > 0 && double.IsFinite(reference.Values.StandardDeviation) && double.IsFinite(distance.Wasserstein)
                ? distance.Wasserstein / reference.Values.StandardDeviation : null,
            Missing = ShareTest.Of(reference.Missing, reference.Rows, live.Missing, live.Rows),
            NotFinite = ShareTest.Of(reference.NotFinite, reference.Rows, live.NotFinite, live.Rows),
            Range = RangeTest.Of(reference.Values, live.Values),
            Edges = edges,
            ReferenceCells = referenceCells,
            LiveCells = liveCells,
        };
    }
}
