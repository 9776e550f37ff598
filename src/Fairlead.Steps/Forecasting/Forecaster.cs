using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Conditions;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Forecasting;

/// <summary>Walks the graph as a run would, and executes nothing.</summary>
/// <param name="steps">Each after what it needs.</param>
internal sealed class Forecaster(IReadOnlyList<StepDefinition> steps, StepLinks links, StepPlanner planner, StepConditions conditions, StepCache cache)
{
    private readonly Dictionary<string, StepForecast> forecasts = new(steps.Count, StringComparer.Ordinal);

    public async Task<IReadOnlyList<StepForecast>> RunAsync(CancellationToken cancellationToken)
    {
        var wanted = await conditions.DecideAsync(steps, cancellationToken);
        foreach (var wave in Waves())
        {
            var open = new List<PlannedStep>(wave.Count);
            foreach (var index in wave)
            {
                if (await DecideAsync(steps[index], wanted[index], cancellationToken) is { } known)
                    forecasts.Add(known.Step, known);
                else
                    open.Add(planner.Plan(steps[index], RunOf));
            }

            foreach (var series in open.GroupBy(planned => planned.Step.Family, StringComparer.Ordinal))
            {
                var found = await cache.FindAsync(series.Key, [.. series.Select(planned => planned.Key.Digest)], cancellationToken);
                foreach (var planned in series)
                    forecasts.Add(planned.Step.Name, await LookAsync(planned, found.GetValueOrDefault(planned.Key.Digest), cancellationToken));
            }
        }

        return [.. steps.Select(step => forecasts[step.Name])];
    }

    /// <summary>The steps by how many stand before them in a row: those of one wave do not need one another.</summary>
    private IEnumerable<List<int>> Waves()
    {
        var depths = new int[steps.Count];
        for (var index = 0; index < steps.Count; index++)
            depths[index] = links.Needs[index].Length == 0 ? 0 : links.Needs[index].Max(need => depths[need]) + 1;
        return Enumerable.Range(0, steps.Count).GroupBy(index => depths[index]).OrderBy(group => group.Key).Select(group => group.ToList());
    }

    /// <summary>What follows from what the step needs and from its condition; null when its key decides.</summary>
    private async Task<StepForecast?> DecideAsync(StepDefinition step, bool isWanted, CancellationToken cancellationToken)
    {
        if (!isWanted)
            return new StepForecast(step.Name, StepFate.Unwanted, null, $"not wanted: {step.When}");
        foreach (var input in step.Inputs.Where(input => input.Step is not null))
        {
            var needed = input.FanIn.Count == 0 ? [forecasts[input.Step!]] : input.FanIn.Select(variant => forecasts[variant.Step]).ToArray();
            if (needed.All(forecast => forecast.Fate == StepFate.Unwanted))
                return new StepForecast(step.Name, StepFate.Unwanted, null, $"'{input.Step}' is not wanted");
            if (needed.FirstOrDefault(forecast => forecast.Fate is StepFate.Execute or StepFate.Depends) is { } before)
                return new StepForecast(step.Name, StepFate.Depends, null, $"'{before.Step}' runs first, and may make something else");
        }

        return !StepConditions.NeedsMetrics(step) || await conditions.DecideAsync(step, RunOf, cancellationToken)
            ? null
            : new StepForecast(step.Name, StepFate.Unwanted, null, $"not wanted: {step.When}");
    }

    private async Task<StepForecast> LookAsync(PlannedStep planned, RunBrief? recorded, CancellationToken cancellationToken) =>
        recorded is not null
            ? new StepForecast(planned.Step.Name, StepFate.Cached, recorded, StepCache.ReasonOf(recorded))
            : new StepForecast(planned.Step.Name, StepFate.Execute, null, (await cache.LookAsync(planned, cancellationToken)).Reason);

    private RunBrief? RunOf(string step) => forecasts[step].Run;
}
