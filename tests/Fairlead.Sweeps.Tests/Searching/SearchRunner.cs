using System.Text.Json;
using Fairlead.Sweeps.Running;
using Fairlead.Sweeps.Searching;

namespace Fairlead.Sweeps.Tests.Searching;

/// <summary>Follows a search over a function, ending trials in an order of its own.</summary>
internal sealed class SearchRunner(ISearch search, SearchPlan plan, Func<IReadOnlyDictionary<string, JsonElement>, double?> function, Random? order = null)
{
    public List<TrialRecord> Trials { get; } = [];

    public SearchRunner Run()
    {
        while (true)
        {
            var running = Trials.Where(trial => trial.Status == TrialStatus.Running).ToList();
            var step = running.Count < plan.Parallel ? search.Next(plan, Trials) : SearchStep.Wait;
            if (step.Proposal is { } proposal)
                Trials.Add(new TrialRecord { Number = Trials.Count + 1, Values = proposal.Values, Bracket = proposal.Bracket, Rung = proposal.Rung, Budget = proposal.Budget, From = proposal.From, StartedAt = default });
            else if (running.Count > 0)
                End(running[order?.Next(running.Count) ?? 0]);
            else
                return step.IsDone ? this : throw new InvalidOperationException("It waits for nothing.");
        }
    }

    public string Text() => string.Join('\n', Trials.Select(trial => $"{trial.Number} {trial.Rung} {trial.From} {plan.Space.Signature(trial.Values).Replace('\n', ' ')} {trial.Status} {trial.Value}"));

    private void End(TrialRecord trial) => Trials[trial.Number - 1] = function(trial.Values) is { } value
        ? trial with { Status = TrialStatus.Succeeded, Value = value }
        : trial with { Status = TrialStatus.Failed };
}
