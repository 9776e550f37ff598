using Fairlead.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.ProjectFile;
using Fairlead.Steps.Events;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Tests.Support;

/// <summary>A project in a git repository of its own, with a real store and a real engine.</summary>
internal sealed class TestProject : IDisposable
{
    private readonly TempFolder folder;

    /// <param name="parent">Where it lies; null for the system's temporary folder.</param>
    /// <param name="storeTime">The store's clock; null for the machine's.</param>
    public TestProject(string yaml, Func<StepEngineOptions, StepEngineOptions>? configure = null, string? parent = null, TimeProvider? storeTime = null)
    {
        folder = new TempFolder(parent);
        Write("fairlead.yaml", yaml);
        Git("init", "-q");
        Git("add", "-A");
        Git("commit", "-q", "-m", "start");
        Store = LocalArtifactStore.Open(State.Store, storeTime ?? TimeProvider.System);
        Workspace = new GitWorkspace(Root, new YamlProjectReader());
        Engine = NewEngine(configure);
    }

    public string Root => folder.Path;

    public StateFolder State => new(Root);

    public LocalArtifactStore Store { get; }

    public FileCatalog Catalog { get; } = new();

    public GitWorkspace Workspace { get; }

    public StepEngine Engine { get; }

    /// <summary>Of all invocations so far.</summary>
    public List<StepEvent> Events { get; } = [];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public StepEngine NewEngine(Func<StepEngineOptions, StepEngineOptions>? configure = null)
    {
        var options = new StepEngineOptions { State = State, Parallelism = 4 };
        return new StepEngine(Workspace, Store, Catalog, Catalog, configure?.Invoke(options) ?? options, TimeProvider.System, NullLogger<StepEngine>.Instance);
    }

    public string Write(string name, string content) => folder.Write(name, content);

    public void Edit(string name, string old, string replacement)
    {
        var text = File.ReadAllText(Path.Combine(Root, name));
        Assert.Contains(old, text);
        Write(name, text.Replace(old, replacement));
    }

    public string Git(params string[] arguments) => Support.Git.Run(Root, arguments);

    public Task<RunReport> RunAsync(params string[] steps) => RunAsync(new RunOrder { Steps = steps, User = "tester" });

    public Task<RunReport> RunAsync(RunOrder order, CancellationToken cancellationToken = default) => Engine.RunAsync(
        order,
        stepEvent =>
        {
            lock (Events)
                Events.Add(stepEvent);
        },
        cancellationToken.CanBeCanceled ? cancellationToken : Token);

    /// <summary>The whole record of what a step came to.</summary>
    public async Task<Run> RunOfAsync(StepResult result) => await Catalog.FindAsync(result.Run!.Id, Token) ?? throw new InvalidOperationException($"'{result.Run.Id}' is not recorded.");

    /// <summary>Runs one step that must fail, and gives its run.</summary>
    public async Task<Run> FailAsync(string step)
    {
        var report = await RunAsync(step);
        var result = report.Steps.Single(result => result.Step == step);
        Assert.Equal(StepOutcome.Failed, result.Outcome);
        Assert.Equal(result.Run!.Error, result.Reason);
        return await RunOfAsync(result);
    }

    /// <summary>Runs everything, which must succeed, and gives each step's outcome and reason as <c>train executed: first run</c>.</summary>
    public async Task<string[]> OutcomesAsync()
    {
        var report = await RunAsync();
        Assert.True(report.Succeeded, string.Join('\n', report.Steps.Select(step => step.Reason)));
        return [.. report.Steps.Select(step => $"{step.Step} {step.Outcome.ToString().ToLowerInvariant()}: {step.Reason}")];
    }

    public async Task<string> ReadOutputAsync(RunBrief run, string output) =>
        System.Text.Encoding.UTF8.GetString(await Store.ReadAsync(run.Outputs.Single(o => o.Name == output).Artifact.Digest, Token));

    public Task<string> ReadOutputAsync(Run run, string output) => ReadOutputAsync(RunBrief.Of(run), output);

    public async Task<byte[]> ReadLogAsync(Run run) => await Store.ReadAsync(run.Log!.Digest, Token);

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }
}
