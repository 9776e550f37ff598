using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Steps.Tests.Support;

/// <summary>A catalog in memory; with a folder, it writes itself there after every change, so that another process can go on with it.</summary>
internal sealed class FileCatalog : IRunCatalog, IDatasetCatalog
{
    private readonly Lock gate = new();
    private readonly string? runsFile;
    private readonly string? datasetsFile;
    private readonly List<Run> runs = [];
    private readonly List<DatasetVersion> versions = [];

    public FileCatalog()
    {
    }

    public FileCatalog(string folder)
    {
        Directory.CreateDirectory(folder);
        runsFile = Path.Combine(folder, "runs.json");
        datasetsFile = Path.Combine(folder, "datasets.json");
        runs = File.Exists(runsFile) ? [.. JsonSerializer.Deserialize(File.ReadAllText(runsFile), DomainJson.Default.IReadOnlyListRun)!] : [];
        versions = File.Exists(datasetsFile) ? [.. JsonSerializer.Deserialize(File.ReadAllText(datasetsFile), DomainJson.Default.IReadOnlyListDatasetVersion)!] : [];
    }

    public Task<Run> StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) => Change(() =>
    {
        var run = create(new RunId(step, runs.Count(r => r.Id.Step == step) + 1));
        runs.Add(run);
        return run;
    });

    public Task FinishAsync(Run run, CancellationToken cancellationToken) => Change(() =>
    {
        var index = runs.FindIndex(r => r.Id == run.Id);
        Assert.Equal(RunStatus.Running, runs[index].Status);
        Assert.NotEqual(RunStatus.Running, run.Status);
        return runs[index] = run;
    });

    public Task<Run?> FindAsync(RunId id, CancellationToken cancellationToken) => Read(() => runs.Find(r => r.Id == id));

    public Task<Run?> FindByKeyAsync(string step, Digest key, CancellationToken cancellationToken) =>
        Read(() => runs.FindLast(r => r.Id.Step == step && r.Key == key && r.Status == RunStatus.Succeeded));

    public Task<Run?> FindLatestAsync(string step, CancellationToken cancellationToken) =>
        Read(() => runs.FindLast(r => r.Id.Step == step && r.Status == RunStatus.Succeeded));

    public Task<Run?> FindLatestAsync(string step, string? variant, CancellationToken cancellationToken) =>
        Read(() => runs.FindLast(r => r.Id.Step == step && r.Variant == variant && r.Status == RunStatus.Succeeded));

    public Task<IReadOnlyList<Run>> ListAsync(string? step, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Run>>(() => [.. Enumerable.Reverse(runs).Where(r => step is null || r.Id.Step == step).Take(limit)]);

    public Task<int> MarkLostAsync(DateTimeOffset at, CancellationToken cancellationToken) => Change(() =>
    {
        var lost = 0;
        for (var index = 0; index < runs.Count; index++)
        {
            if (runs[index].Status != RunStatus.Running)
                continue;
            runs[index] = runs[index] with { Status = RunStatus.Lost, FinishedAt = at };
            lost++;
        }

        return lost;
    });

    public Task<DatasetVersion> AddAsync(DatasetVersion candidate, CancellationToken cancellationToken) => Change(() =>
    {
        var known = versions.Find(v => v.Dataset == candidate.Dataset && v.Artifact.Digest == candidate.Artifact.Digest);
        if (known is not null)
            return known;
        versions.Add(candidate with { Number = versions.Count(v => v.Dataset == candidate.Dataset) + 1 });
        return versions[^1];
    });

    public Task<DatasetVersion?> FindAsync(string dataset, Digest digest, CancellationToken cancellationToken) =>
        Read(() => versions.Find(v => v.Dataset == dataset && v.Artifact.Digest == digest));

    public Task<IReadOnlyList<DatasetVersion>> ListAsync(string? dataset, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<DatasetVersion>>(() => [.. Enumerable.Reverse(versions).Where(v => dataset is null || v.Dataset == dataset)]);

    private Task<T> Read<T>(Func<T> read)
    {
        lock (gate)
            return Task.FromResult(read());
    }

    private Task<T> Change<T>(Func<T> change)
    {
        lock (gate)
        {
            var result = change();
            if (runsFile is not null)
                Save(runsFile, JsonSerializer.Serialize(runs, DomainJson.Default.IReadOnlyListRun));
            if (datasetsFile is not null)
                Save(datasetsFile, JsonSerializer.Serialize(versions, DomainJson.Default.IReadOnlyListDatasetVersion));
            return Task.FromResult(result);
        }
    }

    private static void Save(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
