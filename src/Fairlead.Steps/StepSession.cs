using System.Text.Json;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Conditions;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Forecasting;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps;

/// <summary>The project read once, with its code and data as they were then: its steps can be run as often as wanted, with other parameters. Safe for use by many at once.</summary>
public sealed class StepSession
{
    private readonly StepPlanner planner;
    private readonly StepConditions conditions;
    private readonly StepCache cache;
    private readonly StepExecutor executor;
    private readonly RunOrder order;
    private readonly StepLinks links;

    internal StepSession(
        ProjectSnapshot snapshot, SelectedGraph graph, IReadOnlyList<DatasetVersion> datasets, RunOrder order,
        StepPlanner planner, StepConditions conditions, StepCache cache, StepExecutor executor)
    {
        (Snapshot, Steps, links, Datasets, this.order) = (snapshot, graph.Steps, graph.Links, datasets, order);
        (this.planner, this.conditions, this.cache, this.executor) = (planner, conditions, cache, executor);
    }

    public ProjectSnapshot Snapshot { get; }

    /// <summary>The versions that the steps read.</summary>
    public IReadOnlyList<DatasetVersion> Datasets { get; }

    /// <summary>The ordered steps with everything that they need, each after what it needs, a matrix in its variants.</summary>
    public IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>The parts of a step's key that do not depend on what it reads from other steps and datasets, sorted by name.</summary>
    public IReadOnlyList<KeyPart> PartsOf(StepDefinition step) => planner.PartsOf(step);

    /// <summary>Brings the steps up to date. A step that fails is in the report, not an exception.</summary>
    /// <param name="overlays">Parameters that take the place of the project file's: by the step, all of its variants or one, then by the parameter.</param>
    /// <param name="onEvent">Called for each event, one at a time, from any thread; must return soon.</param>
    /// <exception cref="FairleadException">Invalid: an overlay names no step or parameter, or a condition cannot be evaluated.</exception>
    /// <exception cref="OperationCanceledException">After everything that ran was ended and recorded as cancelled.</exception>
    public async Task<RunReport> RunAsync(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> overlays, Action<StepEvent> onEvent, CancellationToken cancellationToken)
    {
        var events = new EventSink(onEvent, order.WithOutput);
        var context = new RunContext(Snapshot.Commit, order.User, events) { Stop = order.KeepGoing ? null : new FailureStop() };
        var invocation = new StepInvocation(ParameterOverlay.Apply(Steps, overlays), links, planner, conditions, cache, executor, context);
        var results = await invocation.RunAsync(cancellationToken);
        events.ThrowIfFailed();
        return new RunReport(Snapshot.Commit, StepCounts.Of(results), results, Datasets);
    }

    /// <summary>The one ordered step with the runs that it reads, as they are recorded.</summary>
    /// <exception cref="FairleadException">Conflict when one of them is missing.</exception>
    internal async Task<PlannedStep> PlanAsync(string step, CancellationToken cancellationToken)
    {
        var forecasts = (await ForecastAsync(cancellationToken)).ToDictionary(forecast => forecast.Step, StringComparer.Ordinal);
        var definition = Steps.First(known => known.Name == step);
        foreach (var needed in StepGraph.NeededBy(definition))
        {
            if (forecasts[needed] is { Fate: StepFate.Execute or StepFate.Depends, Reason: var reason })
                throw FairleadException.Conflict($"Step '{step}' reads what '{needed}' makes, which has no successful run for the project as it is ({reason}); run `fairlead run {needed}`.");
        }

        var planned = planner.Plan(definition, name => forecasts[name].Run);
        await planner.Sources.EnsureAsync(planned, cancellationToken);
        return planned;
    }

    internal StepSources Sources => planner.Sources;

    /// <summary>What running the steps would do, and why, without executing or recording anything.</summary>
    /// <returns>In the order of the steps.</returns>
    /// <exception cref="FairleadException">Invalid: a condition cannot be evaluated.</exception>
    public Task<IReadOnlyList<StepForecast>> ForecastAsync(CancellationToken cancellationToken) =>
        new Forecaster(ParameterOverlay.Apply(Steps, order.Overlays), links, planner, conditions, cache).RunAsync(cancellationToken);
}
