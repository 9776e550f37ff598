using System.Text.Json;
using Fairlead.Sweeps.Gaussian;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;

namespace Fairlead.Sweeps.Searching;

/// <summary>
/// Learns from the trials so far where a better value is to be expected. Which trials it knows of depends on their numbers alone, never on which ended first:
/// the same seed tries the same values, however long each takes.
/// </summary>
internal sealed class BayesSearch : ISearch
{
    /// <summary>A process over more values takes longer than it is worth: then the best and the newest count.</summary>
    private const int MostKnown = 240;
    private const int BestKept = 60;
    private const int LeastFirst = 4;

    public string Name => "bayes";

    public int CountTrials(SearchPlan plan) => (int)Math.Min(plan.Trials ?? SweepOrder.DefaultTrials, plan.Space.Count ?? long.MaxValue);

    public SearchStep Next(SearchPlan plan, IReadOnlyList<TrialRecord> trials)
    {
        var number = trials.Count;
        var all = CountTrials(plan);
        if (number >= all)
            return SearchStep.Done;
        var tried = trials.Select(trial => trial.Values).ToList();
        var first = Math.Min(all, Math.Max(LeastFirst, Math.Min(plan.Space.Parameters.Count + 2, all / 3)));
        if (number < first)
            return SearchStep.Try(new Proposal(Spread(plan, tried, number, first)));
        var known = trials.Take(Math.Max(0, number - Unknown(plan))).ToList();
        if (known.Any(trial => trial.Status == TrialStatus.Running))
            return SearchStep.Wait;
        var values = known.Any(trial => trial.Status == TrialStatus.Succeeded) ? Improving(plan, known, tried) : null;
        return SearchStep.Try(new Proposal(values ?? FreshPoints.Draw(plan, tried, (ulong)number)));
    }

    /// <summary>
    /// Trials before the next one whose ends it does not wait for. Some more than run beside it, so that a slow one does not hold up the others.
    /// </summary>
    private static int Unknown(SearchPlan plan) => 2 * (plan.Parallel - 1);

    /// <summary>The first trials: along each parameter one in each stretch (a Latin hypercube).</summary>
    private static IReadOnlyDictionary<string, JsonElement> Spread(SearchPlan plan, List<IReadOnlyDictionary<string, JsonElement>> tried, int number, int first)
    {
        var draws = new Draws(plan.Seed, ulong.MaxValue);
        var point = new double[plan.Space.Parameters.Count];
        for (var i = 0; i < point.Length; i++)
        {
            var order = draws.NextOrder(first);
            var offsets = draws.NextPoint(first);
            point[i] = (order[number] + offsets[number]) / first;
        }

        var values = plan.Space.ValuesAt(point);
        var signature = plan.Space.Signature(values);
        return tried.Any(other => plan.Space.Signature(other) == signature) ? FreshPoints.Draw(plan, tried, (ulong)number) : values;
    }

    private static IReadOnlyDictionary<string, JsonElement>? Improving(SearchPlan plan, List<TrialRecord> known, List<IReadOnlyDictionary<string, JsonElement>> tried)
    {
        var losses = known.Where(trial => trial.Status == TrialStatus.Succeeded).Select(trial => plan.Loss(trial.Value!.Value)).ToArray();
        var scale = new LossScale(losses);
        // What failed counts as bad as the worst; what is still unknown as neither good nor bad (a constant liar), so that the same is not proposed twice.
        var observed = known.Select(trial => (trial.Values, Loss: trial.Value is { } value && trial.Status == TrialStatus.Succeeded ? scale.Of(plan.Loss(value)) : scale.Worst));
        var lies = tried.Skip(known.Count).Select(values => (Values: values, Loss: scale.Middle));
        var columns = new SpaceColumns(plan.Space);
        var rows = Kept([.. observed]).Concat(lies).Select(row => (Point: plan.Space.PointOf(row.Values), row.Loss)).ToList();
        var process = ProcessFit.Find(new Observations([.. rows.Select(row => columns.Of(row.Point))], [.. rows.Select(row => row.Loss)], columns.Groups));
        return new ImprovementHunt(plan, columns, process, [.. rows.Select(row => row.Point)], tried).Find();
    }

    private static IEnumerable<(IReadOnlyDictionary<string, JsonElement> Values, double Loss)> Kept(IReadOnlyList<(IReadOnlyDictionary<string, JsonElement> Values, double Loss)> observed)
    {
        if (observed.Count <= MostKnown)
            return observed;
        var best = observed.Index().OrderBy(row => row.Item.Loss).ThenBy(row => row.Index).Take(BestKept).Select(row => row.Index).ToHashSet();
        var newest = observed.Count - (MostKnown - BestKept);
        return observed.Index().Where(row => row.Index >= newest || best.Contains(row.Index)).Select(row => row.Item);
    }
}
