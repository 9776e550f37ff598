using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Conditions;
using Fairlead.Steps.Datasets;
using Fairlead.Steps.Datasets.Downloading;
using Fairlead.Steps.Datasets.Inspecting;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Execution.Sandboxes;
using Fairlead.Steps.Forecasting;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Shells;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps;

/// <summary>Runs the steps of one project: what changed is executed, what did not is reused. Safe for use by many at once.</summary>
public sealed class StepEngine : ICurrentRuns, ICurrentDatasets
{
    private readonly GitWorkspace workspace;
    private readonly IRunCatalog runs;
    private readonly StepEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly IArtifactStore store;
    private readonly IDatasetCatalog datasetCatalog;
    private readonly ToolVersions tools;
    private readonly StepSandboxes sandboxes;
    private readonly ShellOpener shells;
    private readonly GraphMemory graphs;
    private readonly KeyMemory keys;
    private readonly RememberingStore remembering;
    private readonly DatasetReader datasets;
    private readonly DatasetQueries queries;
    private readonly DatasetDownloads downloads;
    private readonly DatasetInspector? inspector;
    private readonly StepSourceReader sourceReader;
    private readonly StepCache cache;
    private readonly StepExecutor executor;
    private readonly StepConditions conditions;

    /// <param name="evaluator">Decides conditions; null for a project without any.</param>
    /// <param name="exchange">Runs of other machines; null for none.</param>
    /// <param name="inspector">Looks into datasets; null for a project that expects nothing of them.</param>
    /// <exception cref="ArgumentException">The options are out of range; the message lists all that are.</exception>
    public StepEngine(
        GitWorkspace workspace,
        IArtifactStore store,
        IRunCatalog runs,
        IDatasetCatalog datasetCatalog,
        StepEngineOptions options,
        TimeProvider time,
        ILogger<StepEngine> logger,
        IExpressionEvaluator? evaluator = null,
        IRunExchange? exchange = null,
        DatasetInspector? inspector = null)
    {
        options.Validate();
        this.inspector = inspector;
        (this.workspace, this.store, this.runs, this.datasetCatalog, this.options, this.time, this.logger) = (workspace, store, runs, datasetCatalog, options, time, logger);
        sandboxes = new StepSandboxes(options, time, logger);
        var limiter = new ResourceLimiter(options.HasControlGroups, logger);
        var processes = new ProcessRunner(limiter, time, logger);
        shells = new ShellOpener(store, sandboxes, limiter, options, time, logger);
        tools = new ToolVersions(StepEnvironment.SearchPath(options.ToolPath), options.State.Work, time, logger);
        sourceReader = new StepSourceReader(workspace, store, tools, sandboxes);
        cache = new StepCache(runs, store);
        var runner = new StepRunner(new CatalogJournal(runs, logger), store, [new CommandExecutor(processes), new SqlExecutor(processes, options.SqlCommand)], sandboxes, options, time, logger);
        executor = new StepExecutor(cache, runner, new StepGates(options), exchange);
        conditions = new StepConditions(evaluator);
        queries = new DatasetQueries(executor, cache, sandboxes, store, options.SqlEngineVersion);
        downloads = new DatasetDownloads(options.State, store, time);
        (graphs, keys, remembering) = (new GraphMemory(), new KeyMemory(), new RememberingStore(store, time));
        datasets = new DatasetReader(new DatasetPlaces(workspace, work: null), queries, downloads, inspector, remembering, datasetCatalog, time);
    }

    /// <summary>The engine over a checkout of its project: what runs and what is kept is shared with it.</summary>
    private StepEngine(StepEngine origin, GitWorkspace checkout)
    {
        (workspace, store, runs, datasetCatalog, options, time, logger) = (checkout, origin.store, origin.runs, origin.datasetCatalog, origin.options, origin.time, origin.logger);
        (sandboxes, shells) = (origin.sandboxes, origin.shells);
        (tools, cache, executor, conditions) = (origin.tools, origin.cache, origin.executor, origin.conditions);
        (queries, downloads, inspector) = (origin.queries, origin.downloads, origin.inspector);
        (graphs, keys, remembering) = (origin.graphs, origin.keys, origin.remembering);
        datasets = new DatasetReader(new DatasetPlaces(checkout, origin.workspace), queries, downloads, inspector, remembering, datasetCatalog, time);
        sourceReader = new StepSourceReader(checkout, store, tools, sandboxes);
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
        await new Leftovers(sandboxes.Containers, logger).EndAsync(folders, cancellationToken);
        foreach (var folder in folders)
            FolderRemoval.TryRemove(folder, logger);
        FolderRemoval.TryRemove(options.State.Settings, logger);
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
        var session = await OpenAsync(order, onEvent, cancellationToken);
        return await session.RunAsync(order.Overlays, onEvent, cancellationToken);
    }

    /// <summary>Reads the project, and the code and data that the ordered steps need, so that they can be run once or often.</summary>
    /// <param name="onEvent">Told of the datasets.</param>
    /// <exception cref="FairleadException">What keeps any step from beginning: the project file, an unknown step, missing data, code or tools.</exception>
    public async Task<StepSession> OpenAsync(RunOrder order, Action<StepEvent> onEvent, CancellationToken cancellationToken)
    {
        var events = new EventSink(onEvent);
        var (snapshot, tree) = await workspace.ReadTreeAsync(cancellationToken);
        var graph = graphs.Select(snapshot.Project, order.Steps);
        var sources = await sourceReader.ReadAsync(tree, graph.Steps, cancellationToken);
        var versions = await datasets.RegisterAsync(snapshot, DatasetReader.NamesIn(graph.Steps), order.User, events, cancellationToken);
        events.ThrowIfFailed();
        var inputs = versions.ToDictionary(version => version.Dataset, version => new DatasetInput(version.Artifact, version.Number), StringComparer.Ordinal);
        return NewSession(snapshot, graph, sources, versions, inputs, order);
    }

    /// <summary>What running the ordered steps would do, and why. Nothing is executed or recorded.</summary>
    /// <returns>Each step after what it needs.</returns>
    /// <exception cref="FairleadException">As <see cref="OpenAsync"/>.</exception>
    public async Task<IReadOnlyList<StepForecast>> ForecastAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken);
        return await (await LookAsync(snapshot, order, cancellationToken)).ForecastAsync(cancellationToken);
    }

    /// <summary>The graph of steps with everything that they need, and whether each has a run for the project as it is.</summary>
    /// <param name="steps">As in <see cref="RunOrder.Steps"/>.</param>
    /// <param name="fold">Whether the variants of a matrix are one node; null: where there are many steps.</param>
    /// <exception cref="FairleadException">As <see cref="OpenAsync"/>.</exception>
    public async Task<StepGraphView> DescribeAsync(IReadOnlyList<string> steps, bool? fold, CancellationToken cancellationToken)
    {
        var session = await LookAsync(await workspace.ReadAsync(cancellationToken), new RunOrder { Steps = steps, User = "" }, cancellationToken);
        return StepGraphViews.Of(session.Steps, await session.ForecastAsync(cancellationToken), fold);
    }

    /// <summary>Stores the named datasets as they are now and records what is new.</summary>
    /// <param name="names">Empty means all of the project.</param>
    /// <returns>In the order of the project file.</returns>
    /// <exception cref="FairleadException">NotFound for an unknown name, or when there is nothing at a dataset's path.</exception>
    public Task<IReadOnlyList<DatasetVersion>> RegisterDatasetsAsync(
        ProjectSnapshot snapshot, IReadOnlyCollection<string> names, string user, CancellationToken cancellationToken)
    {
        var selected = names.Count > 0 ? names : [.. snapshot.Project.Datasets.Select(dataset => dataset.Name)];
        return datasets.RegisterAsync(snapshot, selected, user, new EventSink(static _ => { }), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, Run>> FindAsync(ProjectSnapshot snapshot, IReadOnlyCollection<string> steps, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Run>(StringComparer.Ordinal);
        if (steps.Count == 0)
            return found;
        var session = await LookAsync(snapshot, new RunOrder { Steps = [.. steps.Distinct(StringComparer.Ordinal)], User = "" }, cancellationToken);
        var forecasts = await session.ForecastAsync(cancellationToken);
        if (forecasts.FirstOrDefault(forecast => forecast.Fate is StepFate.Execute or StepFate.Depends) is { } open)
            throw FairleadException.Conflict($"Step '{open.Step}' has no successful run for the project as it is ({open.Reason}); run `fairlead run {Argument(open.Step)}`.");
        var byStep = forecasts.ToDictionary(forecast => forecast.Step, StringComparer.Ordinal);
        foreach (var step in steps.Distinct(StringComparer.Ordinal))
        {
            var meant = StepGraph.Resolve(snapshot.Project.Steps, [step]);
            if (meant.Count != 1)
                throw FairleadException.Invalid($"'{step}' means {meant.Count} variants, and one is needed here; name it, such as '{meant[0]}'.");
            var forecast = byStep[meant[0]];
            found.Add(step, forecast.Run is { } brief
                ? await runs.FindAsync(brief.Id, cancellationToken) ?? throw new InvalidOperationException($"The run '{brief.Id}' is gone from the catalog.")
                : throw FairleadException.Conflict($"Step '{step}' has no run for the project as it is ({forecast.Reason}); change `when`, or name another step."));
        }

        return found;
    }

    public async Task<ArtifactRef> FindDatasetAsync(ProjectSnapshot snapshot, string dataset, CancellationToken cancellationToken) =>
        (await datasets.ReadAsync(snapshot, [dataset], cancellationToken))[dataset].Artifact;

    /// <summary>Prepares a step's sandbox, with its inputs, parameters and environment, for somebody to work in. Nothing is recorded.</summary>
    /// <returns>To be disposed of when they are done.</returns>
    /// <exception cref="FairleadException">As <see cref="OpenAsync"/>; Conflict when what the step reads was not made yet.</exception>
    public async Task<StepShell> OpenShellAsync(ShellOrder order, CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken);
        var meant = StepGraph.Resolve(snapshot.Project.Steps, [order.Step]);
        if (meant.Count != 1)
            throw FairleadException.Invalid($"'{order.Step}' means {meant.Count} variants, and one is needed here; name it, such as '{meant[0]}'.");
        var session = await LookAsync(snapshot, new RunOrder { Steps = meant, User = "" }, cancellationToken);
        return await shells.OpenAsync(await session.PlanAsync(meant[0], cancellationToken), session.Sources, order, cancellationToken);
    }

    /// <summary>As <see cref="OpenAsync"/>, without recording anything.</summary>
    private async Task<StepSession> LookAsync(ProjectSnapshot snapshot, RunOrder order, CancellationToken cancellationToken)
    {
        var graph = graphs.Select(snapshot.Project, order.Steps);
        var sources = await sourceReader.ReadAsync(await workspace.LookAsync(cancellationToken), graph.Steps, cancellationToken);
        var inputs = await datasets.ReadAsync(snapshot, DatasetReader.NamesIn(graph.Steps), cancellationToken);
        return NewSession(snapshot, graph, sources, [], inputs, order);
    }

    private StepSession NewSession(
        ProjectSnapshot snapshot, SelectedGraph graph, StepSources sources, IReadOnlyList<DatasetVersion> versions,
        IReadOnlyDictionary<string, DatasetInput> inputs, RunOrder order) =>
        new(snapshot, graph, versions, order, new StepPlanner(sources with { EnsureAsync = EnsureAsync(sources) }, inputs, options.SqlEngineVersion?.Value, keys), conditions, cache, executor);

    private Func<PlannedStep, CancellationToken, Task> EnsureAsync(StepSources sources) => async (planned, cancellationToken) =>
    {
        await sources.EnsureAsync(planned, cancellationToken);
        await remembering.EnsureAsync(planned.Inputs, cancellationToken);
    };

    /// <summary>As a shell takes it.</summary>
    private static string Argument(string step) => step.Contains('[', StringComparison.Ordinal) ? $"'{step}'" : step;
}
