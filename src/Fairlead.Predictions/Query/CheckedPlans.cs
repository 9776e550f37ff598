using System.Collections.Concurrent;

namespace Fairlead.Predictions.Query;

/// <summary>
/// What statements read that were checked before: dashboards and people ask the same again and again, and to read a statement's tree takes as long as to count a day. A plan hangs on the text alone, unless
/// the statement says <c>now()</c>: those are checked anew. Refused statements are not kept. Thread-safe.
/// </summary>
internal sealed class CheckedPlans
{
    private const int MostPlans = 512;
    private const int LongestText = 8 * 1024;
    private readonly ConcurrentDictionary<string, ReadPlan> plans = new(StringComparer.Ordinal);

    /// <param name="check">Throws for a statement that may not run.</param>
    public ReadPlan GetOrCheck(string sql, Func<ReadPlan> check)
    {
        if (plans.TryGetValue(sql, out var known))
            return known;
        var plan = check();
        if (plan.Time is not null || sql.Length > LongestText)
            return plan;
        // All are as easily had again.
        if (plans.Count >= MostPlans)
            plans.Clear();
        plans[sql] = plan;
        return plan;
    }
}
