using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Services;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Releases;

/// <summary>Cuts releases from the project as it is in the work tree.</summary>
public sealed class ReleaseMaker(
    IWorkspace workspace,
    ICurrentRuns currentRuns,
    IArtifactStore store,
    IProjectCode code,
    IModelInspector inspector,
    IChainInspector chains,
    IContractCompiler compiler,
    IContractComparer comparer,
    IModelCatalog models,
    IReleaseCatalog releases,
    TimeProvider time,
    ILogger<ReleaseMaker> logger) : IDisposable
{
    private ReleaseSource Present => new(workspace, currentRuns, code);

    // Two releases made at once must not both find that they are new.
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>
    /// Bundles the services of the project with the models that its present commit, data and parameters make, and names the bundle in the store
    /// (<c>release/v001</c>, <c>model/late@1</c>). The same content as the newest release gives that release again.
    /// </summary>
    /// <param name="mayBreakContracts">True releases contracts that break their clients; else that is refused.</param>
    /// <exception cref="FairleadException">
    /// Invalid: the project cannot be read or has no services, or what a service names is not there or does not compile; Conflict: a model's step has
    /// not run for the present state, or a contract breaks its clients;
    /// Failed: a model that the engine cannot serve; Damaged: a model altered in the store.
    /// </exception>
    public Task<MadeRelease> MakeAsync(string user, bool mayBreakContracts, CancellationToken cancellationToken) => MakeAsync(user, mayBreakContracts, Present, cancellationToken);

    /// <summary>As <see cref="MakeAsync(string, bool, CancellationToken)"/>, of the project as it is elsewhere, such as in a checkout of a commit.</summary>
    /// <exception cref="FairleadException">As there.</exception>
    public async Task<MadeRelease> MakeAsync(string user, bool mayBreakContracts, ReleaseSource source, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var made = await MakeLockedAsync(user, mayBreakContracts, source, cancellationToken).ConfigureAwait(false);
            // Repeated for a release that is known: a crash may have come between its record and its names.
            await NameAsync(made.Release, cancellationToken).ConfigureAwait(false);
            return made;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Compares the contracts of the project as it is now with those that were released last.</summary>
    /// <exception cref="FairleadException">Invalid: the project cannot be read, or a contract does not compile.</exception>
    public async Task<IReadOnlyList<ContractReport>> CheckContractsAsync(CancellationToken cancellationToken)
    {
        var snapshot = await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        var contracts = ContractsOf(Present);
        var candidates = new List<(string, ServiceContract)>();
        foreach (var service in snapshot.Project.Services)
        {
            if (service.Command is { } command && await contracts.TakeUpAsync(service.Name, command, cancellationToken).ConfigureAwait(false) is { } contract)
                candidates.Add((service.Name, contract));
        }

        return await contracts.CompareAsync(candidates, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => gate.Dispose();

    private ReleasedContracts ContractsOf(ReleaseSource source) => new(source.Workspace, store, releases, compiler, comparer);

    private async Task<MadeRelease> MakeLockedAsync(string user, bool mayBreakContracts, ReleaseSource source, CancellationToken cancellationToken)
    {
        var snapshot = await source.Workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot.Project.Services.Count == 0)
        {
            throw FairleadException.Invalid(
                $"The project '{snapshot.Project.Name}' has no services to release: add one to fairlead.yaml, such as 'services: {{ NAME: {{ model: MODEL }} }}'.");
        }

        var contracts = ContractsOf(source);
        var services = await new ReleasedServices(new ReleasedModels(source.Runs, store, inspector, models, time), source.Code, chains, contracts).TakeUpAsync(snapshot, cancellationToken).ConfigureAwait(false);
        if (!mayBreakContracts)
            await contracts.RequireCompatibleAsync(services, cancellationToken).ConfigureAwait(false);
        var projectFile = await store.PutBytesAsync(System.Text.Encoding.UTF8.GetBytes(snapshot.FileText), cancellationToken).ConfigureAwait(false);
        var newest = (await releases.ListAsync(1, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        if (newest is not null && HoldsTheSame(newest, snapshot.Commit, projectFile, services))
            return new MadeRelease(newest, IsNew: false);

        var release = await releases.AddAsync(
            name => new Release
            {
                Name = name,
                Commit = snapshot.Commit,
                ProjectFile = projectFile,
                Services = services,
                CreatedAt = time.GetUtcNow(),
                CreatedBy = user,
            },
            cancellationToken).ConfigureAwait(false);
        Log.ReleaseMade(logger, release.Name, release.Commit.Short, services.Count, user);
        return new MadeRelease(release, IsNew: true);
    }

    private static bool HoldsTheSame(Release release, CommitState commit, ArtifactRef projectFile, IReadOnlyList<ReleasedService> services) =>
        release.Commit.Commit == commit.Commit
        && release.Commit.DirtyDigest == commit.DirtyDigest
        && release.ProjectFile.Digest == projectFile.Digest
        && release.Services.Select(Identity).SequenceEqual(services.Select(Identity));

    /// <summary>All else of a service follows from the project file and the commit.</summary>
    private static (string Service, string Serves, Digest Digest, CaptureDurability Durability) Identity(ReleasedService service) =>
        (service.Name, service.Label, service.Digest, service.Durability);

    private async Task NameAsync(Release release, CancellationToken cancellationToken)
    {
        foreach (var model in release.Services.SelectMany(service => service.Models).DistinctBy(model => model.Label))
        {
            var annotations = new Dictionary<string, string> { ["fairlead.run"] = model.Run.ToString() };
            await store.NameAsync($"model/{model.Label}", model.Artifact, annotations, cancellationToken).ConfigureAwait(false);
        }

        await store.NameAsync($"release/{release.Name}", release.ProjectFile, AnnotationsOf(release), cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, string> AnnotationsOf(Release release)
    {
        var annotations = new Dictionary<string, string>
        {
            ["org.opencontainers.image.revision"] = release.Commit.Commit,
            ["fairlead.services"] = string.Join(' ', release.Services.Select(service => $"{service.Name}={(service.Command is null ? service.Label : "command")}")),
        };
        if (release.Commit.DirtyDigest is { IsSet: true } dirty)
            annotations["fairlead.dirty"] = dirty.ToString();
        return annotations;
    }
}
