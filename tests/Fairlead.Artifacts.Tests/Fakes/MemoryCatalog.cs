using System.Collections.Immutable;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Artifacts.Tests.Fakes;

/// <summary>A catalog that forgets; any text in <see cref="Texts"/> is a record.</summary>
internal sealed class MemoryCatalog : IRunCatalog, IDatasetCatalog, IModelCatalog, IReleaseCatalog, IReferenceSource
{
    private static readonly CommitState Commit = new("0123456789012345678901234567890123456789", "main", null);
    private readonly Lock gate = new();
    private readonly List<Run> runs = [];
    private readonly List<DatasetVersion> versions = [];
    private readonly List<ModelVersion> models = [];

    public ImmutableList<(string Kind, string Text)> Texts { get; set; } = [];

    /// <summary>Called while records are read.</summary>
    public Action WhileReading { get; set; } = () => { };

    public Run AddRun(string step, Digest key, params IReadOnlyList<RunOutput> outputs) =>
        Add(Begin(new RunId(step, NextNumber(step)), key) with { Status = RunStatus.Succeeded, Outputs = outputs });

    public Run Add(Run run)
    {
        lock (gate)
            runs.Add(run);
        return run;
    }

    public static Run Begin(RunId id, Digest key) => new()
    {
        Id = id,
        Key = key,
        KeyParts = [],
        Status = RunStatus.Running,
        Commit = Commit,
        Command = "true",
        Parameters = new Dictionary<string, JsonElement>(),
        Inputs = [],
        StartedAt = DateTimeOffset.UnixEpoch,
        Machine = "here",
        StartedBy = "me",
        Sandbox = "none",
    };

    public DatasetVersion AddVersion(string dataset, ArtifactRef artifact)
    {
        var version = new DatasetVersion
        {
            Dataset = dataset,
            Number = versions.Count(each => each.Dataset == dataset) + 1,
            Artifact = artifact,
            Path = "data",
            RegisteredAt = DateTimeOffset.UnixEpoch,
            RegisteredBy = "me",
            Commit = Commit,
        };
        versions.Add(version);
        return version;
    }

    public Task ReadAsync(Action<string, string> read, CancellationToken cancellationToken)
    {
        foreach (var (kind, text) in Texts)
            read(kind, text);
        WhileReading();
        return Task.CompletedTask;
    }

    Task<Run> IRunCatalog.StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) => Task.FromResult(Add(create(new RunId(step, NextNumber(step)))));

    Task IRunCatalog.FinishAsync(Run run, CancellationToken cancellationToken)
    {
        lock (gate)
            runs[runs.FindIndex(each => each.Id == run.Id)] = run;
        return Task.CompletedTask;
    }

    Task<Run?> IRunCatalog.FindAsync(RunId id, CancellationToken cancellationToken) => Find(run => run.Id == id);

    Task<Run?> IRunCatalog.FindByKeyAsync(string step, Digest key, CancellationToken cancellationToken) => Find(run => run.Id.Step == step && run.Key == key && run.Status == RunStatus.Succeeded);

    Task<Run?> IRunCatalog.FindLatestAsync(string step, CancellationToken cancellationToken) => Find(run => run.Id.Step == step && run.Status == RunStatus.Succeeded);

    Task<IReadOnlyList<Run>> IRunCatalog.ListAsync(string? step, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<Run>>([.. runs.AsEnumerable().Reverse().Where(run => step is null || run.Id.Step == step).Take(limit)]);
    }

    Task<int> IRunCatalog.MarkLostAsync(DateTimeOffset at, CancellationToken cancellationToken) => Task.FromResult(0);

    Task<DatasetVersion> IDatasetCatalog.AddAsync(DatasetVersion candidate, CancellationToken cancellationToken) => Task.FromResult(AddVersion(candidate.Dataset, candidate.Artifact));

    Task<DatasetVersion?> IDatasetCatalog.FindAsync(string dataset, Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(versions.FirstOrDefault(version => version.Dataset == dataset && version.Artifact.Digest == digest));

    Task<IReadOnlyList<DatasetVersion>> IDatasetCatalog.ListAsync(string? dataset, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DatasetVersion>>([.. versions.AsEnumerable().Reverse().Where(version => dataset is null || version.Dataset == dataset)]);

    Task<ModelVersion> IModelCatalog.AddAsync(ModelVersion candidate, CancellationToken cancellationToken)
    {
        models.Add(candidate);
        return Task.FromResult(candidate);
    }

    Task<ModelVersion?> IModelCatalog.FindAsync(string model, int number, CancellationToken cancellationToken) => Task.FromResult(models.FirstOrDefault(each => each.Model == model && each.Number == number));

    Task<IReadOnlyList<ModelVersion>> IModelCatalog.ListAsync(string? model, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ModelVersion>>([.. models.AsEnumerable().Reverse()]);

    Task<Release> IReleaseCatalog.AddAsync(Func<ReleaseName, Release> create, CancellationToken cancellationToken) => throw new InvalidOperationException("No test records releases.");

    Task<Release?> IReleaseCatalog.FindAsync(ReleaseName name, CancellationToken cancellationToken) => Task.FromResult<Release?>(null);

    Task<IReadOnlyList<Release>> IReleaseCatalog.ListAsync(int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Release>>([]);

    private int NextNumber(string step)
    {
        lock (gate)
            return runs.Count(run => run.Id.Step == step) + 1;
    }

    private Task<Run?> Find(Func<Run, bool> matches)
    {
        lock (gate)
            return Task.FromResult(runs.AsEnumerable().Reverse().FirstOrDefault(matches));
    }
}
