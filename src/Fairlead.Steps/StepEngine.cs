using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Datasets;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps;

/// <summary>Runs the steps of one project: what changed is executed, what did not is reused. Safe for use by many at once.</summary>
public sealed class StepEngine : ICurrentRuns
{
    private readonly GitWorkspace workspace;
    private readonly IRunCatalog runs;
    private readonly StepEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly IArtifactStore store;
    private readonly IDatasetCatalog datasetCatalog;
    private readonly ToolVersions tools;
    private readonly DatasetReader datasets;
    private readonly StepSourceReader sourceReader;
    private readonly StepCache cache;
    private readonly StepRunner runner;
    private readonly StepGates gates;

    /// <exception cref="ArgumentException">The options are out of range; the message lists all that are.</exception>
    public StepEngine(
        GitWorkspace workspace,
        IArtifactStore store,
        IRunCatalog runs,
        IDatasetCatalog datasetCatalog,
        StepEngineOptions options,
        TimeProvider time,
        ILogger<StepEngine> logger)
    {
        options.Validate();
        (this.workspace, this.store, this.runs, this.datasetCatalog, this.options, this.time, this.logger) = (workspace, store, runs, datasetCatalog, options, time, logger);
        var processes = new ProcessRunner(time, logger);
        datasets = new DatasetReader(new DatasetPlaces(workspace, work: null), store, datasetCatalog, time);
        tools = new ToolVersions(StepEnvironment.SearchPath(options.ToolPath), time, logger);
        sourceReader = new StepSourceReader(workspace, store, tools);
        cache = new StepCache(runs, store);
        runner = new StepRunner(new CatalogJournal(runs, logger), store, [new CommandExecutor(processes), new SqlExecutor(processes, options.SqlCommand)], options, time, logger);
        gates = new StepGates(options.Parallelism);
    }

    /// <summary>The engine over a checkout of its project: what runs and what is kept is shared with it.</summary>
    private StepEngine(StepEngine origin, GitWorkspace checkout)
    {
        (workspace, store, runs, datasetCatalog, options, time, logger) = (checkout, origin.store, origin.runs, origin.datasetCatalog, origin.options, origin.time, origin.logger);
        (tools, cache, runner, gates) = (origin.tools, origin.cache, origin.runner, origin.gates);
        datasets = new DatasetReader(new DatasetPlaces(checkout, origin.workspace), store, datasetCatalog, time);
        sourceReader = new StepSourceReader(checkout, store, tools);
    }

    /// <summary>This engine for the project as it is in a checkout of a commit; data that git ignores is still that of the work tree.</summary>
    public StepEngine At(GitWorkspace checkout) => new(this, checkout);

    /// <summary>
    /// Cleans up after a predecessor that was killed: ends the processes of its steps, removes their working folders, and records their
    /// runs as lost. Called once, before anything else, by the only engine of the project.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var work = options.State.Work;
        var processes = await ProcessTree.EndOrphansAsync(work, time);
        var folders = Directory.Exists(work) ? Directory.GetDirectories(work) : [];
        foreach (var folder in folders)
            FolderRemoval.TryRemove(folder, logger);
        var lost = await runs.MarkLostAsync(time.GetUtcNow(), cancellationToken);
        if (lost + processes + folders.Length > 0)
            Log.Recovered(logger, lost, processes, folders.Length);
    }

    /// <summary>Brings the ordered steps up to date. A step that fails is in the report, not an exception.</summary>
    /// <param name="onEvent">Called for each event, one at a time, from any thread; must return soon.</param>
    /// <exception cref="FairleadException">What keeps any step from beginning: the project file, an unknown step, missing data, code or tools.</exception>
    /// <exception cref="OperationCanceledException">After everything that ran was ended and recorded as cancelled.</exception>
    public async Task<RunReport> RunAsync(RunOrder order, Action<StepEvent> onEvent, CancellationToken cancellationToken)
    {
        var events = new EventSink(onEvent);
        var snapshot = await workspace.ReadAsync(cancellationToken);
        var steps = StepGraph.Select(snapshot.Project.Steps, order.Steps);
        var sources = await sourceReader.ReadAsync(steps, cancellationToken);
        var versions = await RegisterAsync(snapshot, DatasetReader.NamesIn(steps), order.User, events, cancellationToken);
        var inputs = versions.ToDictionary(version => version.Dataset, version => new DatasetInput(version.Artifact, version.Number), StringComparer.Ordinal);
        var planner = new StepPlanner(sources, inputs, options.SqlEngineVersion);
        var context = new RunContext(snapshot.Commit, order.User, events);
        var results = await new StepInvocation(planner, cache, runner, gates, context, order.KeepGoing).RunAsync(steps, cancellationToken);
        events.ThrowIfFailed();
        return new RunReport(snapshot.Commit, results, versions);
    }

    /// <summary>Stores the named datasets as they are now and records what is new.</summary>
    /// <param name="names">Empty means all of the project.</param>
    /// <returns>In the order of the project file.</returns>
    /// <exception cref="FairleadException">NotFound for an unknown name, or when there is nothing at a dataset's path.</exception>
    public Task<IReadOnlyList<DatasetVersion>> RegisterDatasetsAsync(
        ProjectSnapshot snapshot, IReadOnlyCollection<string> names, string user, CancellationToken cancellationToken)
    {
        var selected = names.Count > 0 ? names : [.. snapshot.Project.Datasets.Select(dataset => dataset.Name)];
        return RegisterAsync(snapshot, selected, user, new EventSink(static _ => { }), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, Run>> FindAsync(ProjectSnapshot snapshot, IReadOnlyCollection<string> steps, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
            return new Dictionary<string, Run>();
        var needed = StepGraph.Select(snapshot.Project.Steps, steps);
        var sources = await sourceReader.ReadAsync(needed, cancellationToken);
        var inputs = new Dictionary<string, DatasetInput>(StringComparer.Ordinal);
        foreach (var dataset in DatasetReader.Select(snapshot.Project, DatasetReader.NamesIn(needed)))
            inputs.Add(dataset.Name, await datasets.ReadAsync(dataset, cancellationToken));
        var planner = new StepPlanner(sources, inputs, options.SqlEngineVersion);
        var found = new Dictionary<string, Run>(StringComparer.Ordinal);
        foreach (var step in needed)
        {
            var answer = await cache.LookAsync(planner.Plan(step, name => found[name]), cancellationToken);
            found[step.Name] = answer.Run
                ?? throw FairleadException.Conflict($"Step '{step.Name}' has no successful run for the project as it is ({answer.Reason}); run `fairlead run {step.Name}`.");
        }

        return steps.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => found[name], StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<DatasetVersion>> RegisterAsync(
        ProjectSnapshot snapshot, IReadOnlyCollection<string> names, string user, EventSink events, CancellationToken cancellationToken)
    {
        var versions = new List<DatasetVersion>();
        foreach (var dataset in DatasetReader.Select(snapshot.Project, names))
        {
            var registered = await datasets.RegisterAsync(dataset, snapshot.Commit, user, cancellationToken);
            events.Emit(registered);
            versions.Add(registered.Version);
        }

        return versions;
    }
}
