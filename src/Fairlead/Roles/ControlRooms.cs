using Fairlead.Artifacts;
using Fairlead.Catalog;
using Fairlead.CommandLine;
using Fairlead.Commands;
using Fairlead.Contracts.Comparison;
using Fairlead.Contracts.Compilation;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Releases;
using Fairlead.Delivery.Rollouts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.DuckDb;
using Fairlead.Inference;
using Fairlead.Inference.Chains;
using Fairlead.Monitoring.Experiments;
using Fairlead.Platforms.Local.Secrets;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Query.Workers;
using Fairlead.Predictions.Sampling;
using Fairlead.Predictions.Tracing;
using Fairlead.Predictions.Tracing.OpenLineage;
using Fairlead.Pipelines.Activities;
using Fairlead.ProjectFile;
using Fairlead.Replay.Running;
using Fairlead.Roles.Stages;
using Fairlead.Steps;
using Fairlead.Steps.Annotations;
using Fairlead.Steps.Comparison;
using Fairlead.Steps.Datasets.Inspecting;
using Fairlead.Steps.Logs;
using Fairlead.Steps.Rebuilding;
using Fairlead.Steps.Workspace;
using Fairlead.Web.Chat;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>The rooms of the control plane, opened in the order in which they need one another and closed in the reverse.</summary>
internal sealed class ControlRooms : IAsyncDisposable
{
    /// <summary>Outcomes are small and few beside predictions, and a segment's space is taken up front.</summary>
    private const int OutcomeSegmentBytes = 8 << 20;
    private readonly Stack<object> opened = new();

    private ControlRooms(StateFolder state, RoleOptions options, SqliteCatalog catalog, TimeProvider time, ILoggerFactory loggers)
    {
        Catalog = Own(catalog);
        Store = Own(LocalArtifactStore.Open(state.Store, time, loggers.CreateLogger<LocalArtifactStore>()));
        Runtime = Own(new OnnxModelRuntime());
        Workspace = new GitWorkspace(state.ProjectRoot, new YamlProjectReader());
        Commits = new GitCommitLog(state.ProjectRoot);
        Checkouts = new CommitCheckouts(Workspace, new YamlProjectReader(), state, loggers.CreateLogger<CommitCheckouts>());
        Secrets = SecretRoom.Open(state, time);
        StoreDesk = Own(new StoreRoom(Store, catalog, state.ProjectRoot, Secrets, time, loggers));
        var workers = Own(new QueryWorkers(state, WorkerOptions(options), time, loggers.CreateLogger<QueryWorkers>()));
        Expressions = new DuckDbExpressions(Own(new ExpressionWorker(workers)), time);
        var stepOptions = StepOptions(state, options);
        Datasets = Own(new DatasetInspector(Store, catalog.Records, stepOptions, time, loggers.CreateLogger<DatasetInspector>()));
        Steps = new StepEngine(Workspace, Store, catalog.Runs, catalog.Datasets, stepOptions, time, loggers.CreateLogger<StepEngine>(), Expressions, exchange: StoreDesk.Exchange, inspector: Datasets);
        Logs = new RunLogs(state, catalog.Runs, Store, time);
        Rebuilder = new RunRebuilder(Workspace, new YamlProjectReader(), Store, catalog.Runs, stepOptions, time, loggers.CreateLogger<RunRebuilder>());
        Notebook = new RunNotebook(catalog.Records, time);
        Sweeps = new SweepRoom(this, stepOptions.Parallelism, time, loggers);
        Hosts = new HostReports(time, loggers.CreateLogger<HostReports>());
        States = Own(new DesiredStates(catalog.ServerGroups, Workspace, time, loggers.CreateLogger<DesiredStates>()));
        Releases = Own(new ReleaseMaker(
            Workspace, Steps, Store, new ProjectCode(Workspace, Store), Runtime, new ChainInspector(), new ContractCompiler(time, state.Work), new ContractComparer(), catalog.Models, catalog.Releases, time, loggers.CreateLogger<ReleaseMaker>()));
        var configurations = new EnvironmentConfigurations(Store, Secrets);
        Environments = new EnvironmentDesk(Workspace, catalog.Releases, catalog.ServerGroups, configurations, time);
        var manifest = Own(new SegmentManifest(catalog.Segments));
        Compactor = Own(new LogCompactor(state, manifest, time, loggers.CreateLogger<LogCompactor>()));
        Predictions = Own(new PredictionStore(state, manifest, Compactor, time, loggers.CreateLogger<PredictionStore>(), workers));
        Canaries = Own(new CanaryRoom(this, state, time, loggers));
        Rollouts = Own(new RolloutDesk(catalog.Releases, catalog.ServerGroups, catalog.Records, States, Hosts, configurations, time, loggers.CreateLogger<RolloutDesk>(), Canaries.Rollouts));
        Deployer = new Deployer(catalog.Releases, catalog.ServerGroups, States, Rollouts, time, loggers.CreateLogger<Deployer>());
        ServerGroups = new ServerGroupDesk(catalog.ServerGroups, States, Rollouts, time, loggers.CreateLogger<ServerGroupDesk>());
        Rows = new RowSources(Workspace, Steps, Steps, Store, catalog.ServerGroups, new PredictionQuery(Predictions, new CatalogTables(catalog.ServerGroups, catalog.Runs, catalog.Models, catalog.Releases, catalog.Datasets, Notebook)));
        Keeping = Own(new KeepingRoom(this, manifest, state, time, loggers));
        var outcomes = Own(SegmentWriter.Open(new SegmentWriterOptions { Folder = LogFolders.Control(state), SegmentBytes = OutcomeSegmentBytes }, time, loggers.CreateLogger<SegmentWriter>()));
        var analysis = new PredictionAnalysis(Predictions, state);
        Outcomes = new OutcomeLog(outcomes, time, new OutcomeKeys(catalog.Releases, state), Own(new ErasedOutcomes(state, catalog.Records, analysis)), new OutcomeNumbers(analysis));
        Unmatched = Own(new UnmatchedOutcomes(analysis, time));
        Import = new OutcomeImport(Outcomes, state);
        Replays = new ReplayCatalog(catalog.Records, Store);
        Replay = ReplayRoom.Create(this, state, time, loggers);
        Verification = new VerificationRoom(this, state, time, loggers);
        Drift = new DriftRoom(this, state, time, loggers);
        Notices = Own(new NoticeRoom(catalog, Workspace, Secrets, new Uri(options.ControlUrl), time, loggers));
        Monitoring = Own(new MonitoringRooms(catalog, Workspace, new PredictionAnalysis(Predictions, state), Notices.Outbox, Hosts, time, loggers));
        Lineage = Own(new LineageRoom(catalog, Workspace, time, loggers));
        Pipelines = Own(new PipelineRoom(this, state, new Uri(options.ControlUrl), new HostAccess(new Uri(options.HostUrl), CommandContext.Token), time, loggers));
        Triggers = Own(new TriggerRoom(this, state, time, loggers));
        Experiments = Own(new ExperimentDesk(catalog.Records, catalog.ServerGroups, Deployer, new PredictionAnalysis(Predictions, state), time, loggers.CreateLogger<ExperimentDesk>()));
        Notices.Open(new ChatActions(catalog.Executions, Pipelines.Judgments, Rollouts, Monitoring.Alerts, catalog.Audit));
    }

    /// <summary>What evaluates conditions and values of the project file.</summary>
    public DuckDbExpressions Expressions { get; }

    public PipelineRoom Pipelines { get; }

    public SweepRoom Sweeps { get; }

    public TriggerRoom Triggers { get; }

    public CanaryRoom Canaries { get; }

    public SqliteCatalog Catalog { get; }

    public LocalArtifactStore Store { get; }

    /// <summary>What is done with the store as a whole.</summary>
    public StoreRoom StoreDesk { get; }

    public OnnxModelRuntime Runtime { get; }

    public GitWorkspace Workspace { get; }

    public CommitCheckouts Checkouts { get; }

    public DatasetInspector Datasets { get; }

    public StepEngine Steps { get; }

    /// <summary>What runs print.</summary>
    public RunLogs Logs { get; }

    public RunRebuilder Rebuilder { get; }

    /// <summary>What is said of runs.</summary>
    public RunNotebook Notebook { get; }

    public HostReports Hosts { get; }

    public DesiredStates States { get; }

    public ReleaseMaker Releases { get; }

    public RolloutDesk Rollouts { get; }

    public Deployer Deployer { get; }

    public ServerGroupDesk ServerGroups { get; }

    public EnvironmentDesk Environments { get; }

    /// <summary>The history of the project's repository.</summary>
    public GitCommitLog Commits { get; }

    public LocalSecretVault Secrets { get; }

    public LogCompactor Compactor { get; }

    public PredictionStore Predictions { get; }

    public RowSources Rows { get; }

    public KeepingRoom Keeping { get; }

    public OutcomeLog Outcomes { get; }

    public OutcomeImport Import { get; }

    public UnmatchedOutcomes Unmatched { get; }

    public ExperimentDesk Experiments { get; }

    public NoticeRoom Notices { get; }

    public MonitoringRooms Monitoring { get; }

    public DriftRoom Drift { get; }

    public LineageRoom Lineage { get; }

    public ReplayCatalog Replays { get; }

    public ReplayEngine Replay { get; }

    public VerificationRoom Verification { get; }

    public static ControlRooms Open(StateFolder state, RoleOptions options, TimeProvider time, ILoggerFactory loggers) =>
        new(state, options, SqliteCatalog.Open(state.CatalogFile, time, state.AuditHead), time, loggers);

    /// <summary>Makes the rooms known to the endpoints.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IWorkspace>(Workspace);
        services.AddSingleton<ICommitLog>(Commits);
        services.AddSingleton<IArtifactStore>(Store);
        StoreDesk.AddTo(services);
        services.AddSingleton(Catalog.Datasets);
        services.AddSingleton(Catalog.Runs);
        services.AddSingleton(Catalog.Models);
        services.AddSingleton(Catalog.Releases);
        services.AddSingleton(Catalog.ServerGroups);
        services.AddSingleton(Catalog.Records);
        services.AddSingleton(Catalog.Users);
        services.AddSingleton(Catalog.Audit);
        services.AddSingleton(Steps);
        services.AddSingleton(Datasets);
        services.AddSingleton<ICurrentDatasets>(Steps);
        services.AddSingleton(Logs);
        services.AddSingleton(Rebuilder);
        services.AddSingleton(Notebook);
        services.AddSingleton<IRunAnnotations>(Notebook);
        services.AddSingleton<RunComparer>();
        services.AddSingleton<RunExplainer>();
        services.AddSingleton<RunVerifier>();
        Sweeps.AddTo(services);
        services.AddSingleton(Hosts);
        services.AddSingleton(States);
        services.AddSingleton(Releases);
        services.AddSingleton(Deployer);
        services.AddSingleton<IRollouts>(Rollouts);
        services.AddSingleton(ServerGroups);
        services.AddSingleton(Environments);
        services.AddSingleton<ISecretVault>(Secrets);
        services.AddSingleton(Compactor);
        Keeping.AddTo(services);
        Pipelines.AddTo(services);
        Triggers.AddTo(services);
        services.AddSingleton(Catalog.Executions);
        services.AddSingleton(Outcomes);
        services.AddSingleton(Import);
        services.AddSingleton(Unmatched);
        services.AddSingleton<CatalogTables>();
        services.AddSingleton<SavedQueries>();
        services.AddSingleton(Experiments);
        Notices.AddTo(services);
        Monitoring.AddTo(services);
        Canaries.AddTo(services);
        services.AddSingleton(Drift.Analyzer);
        services.AddSingleton(Drift.Store);
        services.AddSingleton(Replays);
        services.AddSingleton(Replay);
        services.AddSingleton(Predictions);
        services.AddSingleton<PredictionQuery>();
        services.AddSingleton(Rows);
        services.AddSingleton<PredictionLookup>();
        services.AddSingleton<PredictionTracer>();
        services.AddSingleton<LineageTracer>();
        services.AddSingleton<OpenLineageExport>();
        Verification.AddTo(services);
        Lineage.AddTo(services);
    }

    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var room))
        {
            if (room is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                ((IDisposable)room).Dispose();
        }
    }

    private static StepEngineOptions StepOptions(StateFolder state, RoleOptions options) => new()
    {
        State = state,
        Parallelism = options.ParallelSteps,
        ToolPath = ToolFolder.Create(state),
        SqlCommand = [SelfCommand.FileName, .. SelfCommand.LeadingArguments, "step-sql"],
        DatasetCommand = [SelfCommand.FileName, .. SelfCommand.LeadingArguments, DatasetToolCommand.CommandName],
        RowsCommand = [SelfCommand.FileName, .. SelfCommand.LeadingArguments, CompareRowsCommand.CommandName],
        SqlEngineVersion = new Lazy<string>(static () => $"duckdb {DuckDbDatabase.LibraryVersion}"),
    };

    private static QueryWorkerOptions WorkerOptions(RoleOptions options) => new()
    {
        Command = [SelfCommand.FileName, .. SelfCommand.LeadingArguments, QueryWorkerCommand.CommandName],
        Memory = (long)options.QueryMegabytes << 20,
    };

    private T Own<T>(T room)
        where T : notnull
    {
        opened.Push(room);
        return room;
    }
}
