using System.Globalization;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;
using Fairlead.Sweeps.Searching;
using Fairlead.Sweeps.Spaces;

namespace Fairlead.Bench.Sweeping;

/// <summary>How far a search is from the least value of a function after so many trials.</summary>
internal static class SearchRace
{
    /// <returns>The regret of the trial that was measured best, without the noise of its measurement.</returns>
    public static double Regret(TestFunction function, ISearch search, int trials, int seed)
    {
        var plan = new SearchPlan
        {
            Space = new SearchSpace([.. function.Dimensions.Select((range, index) => new SweptParameter($"x{index}", "f", $"x{index}", new RealDomain(range.Low, range.High, IsLog: false)))]),
            Goal = SweepGoal.Minimize,
            Trials = trials,
            Seed = (ulong)seed,
        };
        var made = new List<TrialRecord>();
        var noise = new Draws((ulong)seed, stream: 1_000_000);
        while (search.Next(plan, made).Proposal is { } proposal)
        {
            made.Add(new TrialRecord
            {
                Number = made.Count + 1,
                Values = proposal.Values,
                Status = TrialStatus.Succeeded,
                Value = function.Value(PointOf(function, proposal.Values)) + (function.Noise * noise.NextNormal()),
                StartedAt = default,
            });
        }

        return function.Value(PointOf(function, made.MinBy(trial => trial.Value)!.Values)) - function.Least;
    }

    private static List<double> PointOf(TestFunction function, IReadOnlyDictionary<string, System.Text.Json.JsonElement> values) =>
        [.. Enumerable.Range(0, function.Dimensions.Count).Select(index => values[string.Create(CultureInfo.InvariantCulture, $"x{index}")].GetDouble())];
}
