namespace Fairlead.Statistics.Evaluation;

/// <summary>Two models that rank items for the same rows, of which it is known which items are relevant.</summary>
public static class RankingComparison
{
    private static readonly int[] Depths = [1, 5, 10];

    /// <summary>
    /// <c>hit@k</c> (any of the first k is relevant), <c>precision@k</c> (share of the first k), <c>ndcg@k</c> (gain 1, discount log2) for k of 1, 5 and 10,
    /// and <c>mrr</c> (one over the place of the first relevant item, 0 without one); means over the rows. Rows without a relevant item count 0.
    /// </summary>
    /// <param name="baseline">For each row its items, best first.</param>
    /// <param name="relevant">For each row, without repetitions.</param>
    public static IReadOnlyList<MetricComparison> Of(IReadOnlyList<string[]> baseline, IReadOnlyList<string[]> candidate, IReadOnlyList<string[]> relevant)
    {
        if (baseline.Count != candidate.Count || baseline.Count != relevant.Count)
            throw new ArgumentException($"There are {baseline.Count} and {candidate.Count} lists for {relevant.Count} rows.", nameof(relevant));
        var left = Measure(baseline, relevant);
        var right = Measure(candidate, relevant);
        return [.. left.Select(metric => PairedInterval.OfMeans(metric.Key, metric.Value, right[metric.Key]))];
    }

    private static Dictionary<string, double[]> Measure(IReadOnlyList<string[]> lists, IReadOnlyList<string[]> relevant)
    {
        var measured = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var depth in Depths)
        {
            measured[$"hit@{depth}"] = new double[lists.Count];
            measured[$"precision@{depth}"] = new double[lists.Count];
            measured[$"ndcg@{depth}"] = new double[lists.Count];
        }

        var reciprocal = measured["mrr"] = new double[lists.Count];
        for (var row = 0; row < lists.Count; row++)
        {
            var places = Places(lists[row], relevant[row]);
            reciprocal[row] = places.Count == 0 ? 0 : 1.0 / places[0];
            foreach (var depth in Depths)
            {
                var within = places.TakeWhile(place => place <= depth).ToList();
                measured[$"hit@{depth}"][row] = within.Count > 0 ? 1 : 0;
                measured[$"precision@{depth}"][row] = within.Count / (double)depth;
                measured[$"ndcg@{depth}"][row] = within.Count == 0 ? 0 : within.Sum(Gain) / Enumerable.Range(1, Math.Min(depth, relevant[row].Length)).Sum(Gain);
            }
        }

        return measured;
    }

    private static double Gain(int place) => 1 / Math.Log2(place + 1);

    // From 1, rising; an item that comes again counts once.
    private static List<int> Places(string[] items, string[] relevant)
    {
        var wanted = new HashSet<string>(relevant, StringComparer.Ordinal);
        var places = new List<int>();
        for (var i = 0; i < items.Length && wanted.Count > 0; i++)
        {
            if (wanted.Remove(items[i]))
                places.Add(i + 1);
        }

        return places;
    }
}
