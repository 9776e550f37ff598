using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tests.Tracing;

/// <summary>The catalog's seams over lists; only what a trace reads.</summary>
internal sealed class MemoryCatalogs : IServerGroupCatalog, IReleaseCatalog, IRunCatalog, IModelCatalog, IDatasetCatalog
{
    public List<ServerGroup> ServerGroups { get; } = [];

    public List<Release> Releases { get; } = [];

    public List<Run> Runs { get; } = [];

    public List<DatasetVersion> Datasets { get; } = [];

    public List<ModelVersion> Models { get; } = [];

    public int RunReads { get; private set; }

    public Task<ServerGroup?> FindAsync(ServerGroupName name, CancellationToken cancellationToken) => Task.FromResult(ServerGroups.Find(group => group.Name == name));

    public Task<Release?> FindAsync(ReleaseName name, CancellationToken cancellationToken) => Task.FromResult(Releases.Find(release => release.Name == name));

    public Task<Run?> FindAsync(RunId id, CancellationToken cancellationToken)
    {
        RunReads++;
        return Task.FromResult(Runs.Find(run => run.Id == id));
    }

    public Task<DatasetVersion?> FindAsync(string dataset, Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(Datasets.Find(version => version.Dataset == dataset && version.Artifact.Digest == digest));

    Task<IReadOnlyList<ServerGroup>> IServerGroupCatalog.AddAsync(IReadOnlyList<(string Service, string Environment, Func<ServerGroupName, ServerGroup> Create)> groups, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<DesiredState> IServerGroupCatalog.UpdateAsync(IReadOnlyList<ServerGroup> changed, Func<long, IReadOnlyList<ServerGroup>, DesiredState> publish, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<ServerGroup>> IServerGroupCatalog.ListAsync(string? environment, string? service, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ServerGroup>>(ServerGroups);

    Task<DesiredState?> IServerGroupCatalog.FindDesiredStateAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Release> IReleaseCatalog.AddAsync(Func<ReleaseName, Release> create, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<Release>> IReleaseCatalog.ListAsync(int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Release>>(Releases);

    Task<Run> IRunCatalog.StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IRunCatalog.FinishAsync(Run run, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Run?> IRunCatalog.FindByKeyAsync(string step, Digest key, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Run?> IRunCatalog.FindLatestAsync(string step, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<Run>> IRunCatalog.ListAsync(string? step, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Run>>([.. Enumerable.Reverse(Runs).Where(run => step is null || run.Id.Step == step).Take(limit)]);

    Task<int> IRunCatalog.MarkLostAsync(DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<DatasetVersion> IDatasetCatalog.AddAsync(DatasetVersion candidate, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<DatasetVersion>> IDatasetCatalog.ListAsync(string? dataset, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DatasetVersion>>(Datasets);

    Task<ModelVersion> IModelCatalog.AddAsync(ModelVersion candidate, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<ModelVersion?> IModelCatalog.FindAsync(string model, int number, CancellationToken cancellationToken) =>
        Task.FromResult(Models.Find(version => version.Model == model && version.Number == number));

    Task<IReadOnlyList<ModelVersion>> IModelCatalog.ListAsync(string? model, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ModelVersion>>([.. Models.Where(version => model is null || version.Model == model)]);
}
