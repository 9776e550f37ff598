using Fairlead.Artifacts.Registry;
using Fairlead.Catalog;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Stages;
using Fairlead.ProjectFile;
using Fairlead.Steps.Workspace;
using Fairlead.Triggers.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Triggers.Tests.Support;

/// <summary>A project in a repository of its own, with a real catalog and a real engine of pipelines, whose triggers a test looks at round by round.</summary>
internal sealed class TriggerBench : IAsyncDisposable
{
    public const string Pipeline = "    stages: { settle: { wait: 0s } }\n";
    private readonly TempFolder? folder;

    /// <param name="yaml">What stands below <c>pipelines:</c>, and more.</param>
    public TriggerBench(string yaml, ILogger<TriggerDesk>? logger = null)
        : this(new TempFolder(), logger) => Begin(yaml);

    private TriggerBench(TempFolder folder, ILogger<TriggerDesk>? logger)
        : this(folder.Path, catalog => catalog, starter => starter, logger) => this.folder = folder;

    /// <summary>Over a project that is there.</summary>
    public TriggerBench(string root, Func<ITriggerCatalog, ITriggerCatalog> catalog, Func<IExecutionStarter, IExecutionStarter> starter, ILogger<TriggerDesk>? logger = null)
    {
        Root = root;
        Repository = new GitRepository(Root);
        Workspace = new GitWorkspace(Root, new YamlProjectReader());
        Catalog = SqliteCatalog.Open(State.CatalogFile, TimeProvider.System);
        var checkouts = new CommitCheckouts(Workspace, new YamlProjectReader(), State, NullLogger<CommitCheckouts>.Instance);
        Engine = new PipelineEngine(
            Catalog.Executions, Workspace, [], StageCatalog.Standard, new PipelineEngineOptions { Owner = $"test {Environment.ProcessId}", IsGone = _ => true, Commits = checkouts }, TimeProvider.System, NullLogger<PipelineEngine>.Instance);
        var seams = new TriggerSeams
        {
            Workspace = Workspace,
            Catalog = catalog(Catalog.Triggers),
            Executions = Catalog.Executions,
            Starter = starter(Engine),
            Conditions = new PathEvaluator(),
            Values = new PathEvaluator(),
            Datasets = Catalog.Datasets,
            Files = new FileDatasets(Root, Catalog.Datasets),
            Alerts = Alerts,
            Tags = new RegistryTags(TimeProvider.System),
        };
        Desk = new TriggerDesk(seams, new TriggerDeskOptions { State = State, Secrets = reference => Secrets[reference] }, Time, logger ?? NullLogger<TriggerDesk>.Instance);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Root { get; }

    public StateFolder State => new(Root);

    public GitRepository Repository { get; }

    public GitWorkspace Workspace { get; }

    public SqliteCatalog Catalog { get; }

    public PipelineEngine Engine { get; }

    public TriggerDesk Desk { get; }

    public FixedAlerts Alerts { get; } = new();

    public SteppedTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public static string Yaml(string triggers, string inputs = "") => $"project: test\npipelines:\n  release:\n    triggers: [ {triggers} ]\n{(inputs.Length == 0 ? "" : $"    inputs: {inputs}\n")}    concurrency: parallel 100\n{Pipeline}";

    public void WriteProject(string yaml) => File.WriteAllText(Path.Combine(Root, StateFolder.ProjectFileName), yaml);

    public string CommitProject(string yaml, string message)
    {
        WriteProject(yaml);
        Repository.Run("add", "-A");
        Repository.Run("commit", "-q", "-m", message);
        return Repository.Head;
    }

    /// <summary>Lets time pass, looks, and begins what was seen.</summary>
    public async Task RoundAsync(double seconds = 2)
    {
        Time.Pass(TimeSpan.FromSeconds(seconds));
        await Desk.RunOnceAsync(Token);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Execution>> ExecutionsAsync(string? pipeline = "release")
    {
        var found = new List<Execution>();
        foreach (var summary in (await Catalog.Executions.ListAsync(new ExecutionFilter { Pipeline = pipeline, Limit = 1000 }, Token)).Reverse())
            found.Add((await Catalog.Executions.FindAsync(summary.Number, Token))!);
        return found;
    }

    public async Task<Execution> EndAsync(int number)
    {
        var execution = await Engine.WaitAsync(number, 0, Token);
        while (!execution.State.IsEnded)
            execution = await Engine.WaitAsync(number, execution.Version, Token);
        return execution;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Catalog.DisposeAsync();
        folder?.Dispose();
    }

    private void Begin(string yaml)
    {
        Repository.Run("init", "-q");
        File.WriteAllText(Path.Combine(Root, ".gitignore"), ".fairlead/\n");
        CommitProject(yaml, "start");
    }
}
