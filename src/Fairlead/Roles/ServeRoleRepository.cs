using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Serving;

namespace Fairlead.Roles;

/// <summary>The models of a folder as a host serves them: all versions, the highest for those who name none. Clients load and unload them.</summary>
internal sealed class ServeRoleRepository(ServeRoleFolder folder, EnvironmentDefinition environment, Func<DesiredState, CancellationToken, Task<HostReport>> apply) : IModelRepository, IDisposable
{
    private const string Ready = "READY";
    private const string Unavailable = "UNAVAILABLE";
    private const string Unloaded = "unloaded";
    private static readonly Digest NoConfiguration = Digest.Of([]);
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile SortedDictionary<string, IReadOnlyList<ServeRoleModel>> models = new(StringComparer.Ordinal);
    private volatile HashSet<string> unloaded = new(StringComparer.Ordinal);
    private long version;

    /// <summary>Every version that was read, by name and version.</summary>
    public IReadOnlyList<ServeRoleModel> Models => [.. models.Values.SelectMany(versions => versions)];

    public IReadOnlyList<RepositoryEntry> Index() => [.. Models.Select(Describe)];

    /// <summary>Reads the whole folder and serves it.</summary>
    /// <exception cref="FairleadException">NotFound: there is no model that can be served; or the host's refusal.</exception>
    public async Task LoadAllAsync(CancellationToken cancellationToken)
    {
        var read = new SortedDictionary<string, IReadOnlyList<ServeRoleModel>>(StringComparer.Ordinal);
        foreach (var name in folder.Names)
        {
            try
            {
                read[name] = await folder.ReadAsync(name, cancellationToken);
            }
            catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
            {
                // A folder without a version is some other folder.
            }
        }

        await ApplyAsync(read, [], cancellationToken);
    }

    public async Task LoadAsync(string model, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var versions = await folder.ReadAsync(model, cancellationToken);
            if (versions.All(one => one.Version is null))
                throw FairleadException.Failed($"The model '{model}' is not loaded: {versions[^1].Problem}");
            await ApplyAsync(new SortedDictionary<string, IReadOnlyList<ServeRoleModel>>(models, StringComparer.Ordinal) { [model] = versions }, [.. unloaded.Except([model])], cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task UnloadAsync(string model, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!models.ContainsKey(model))
                throw FairleadException.NotFound($"Request for unknown model: '{model}' is not found; {NearestName.Hint(model, [.. models.Keys])}");
            await ApplyAsync(models, [.. unloaded, model], cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task ApplyAsync(SortedDictionary<string, IReadOnlyList<ServeRoleModel>> next, HashSet<string> nextUnloaded, CancellationToken cancellationToken)
    {
        var state = new DesiredState
        {
            Version = version + 1,
            Project = "serve",
            Environments = [environment],
            ServerGroups = [.. next.Where(model => !nextUnloaded.Contains(model.Key)).SelectMany(model => Groups(model.Value))],
        };
        var report = await apply(state, cancellationToken);
        version = state.Version;
        if (report.RefusedVersion == state.Version)
            throw FairleadException.Failed($"The models are not served: {string.Join(" ", report.Failures.Select(failure => failure.Message))}");
        models = next;
        unloaded = nextUnloaded;
    }

    private IEnumerable<DesiredServerGroup> Groups(IReadOnlyList<ServeRoleModel> versions)
    {
        var served = versions.Where(model => model.Version is not null).ToList();
        return served.Select(model => new DesiredServerGroup
        {
            Name = new ServerGroupName(model.Name, environment.Name, model.Number),
            Release = new ReleaseName(model.Number),
            Version = $"{model.Number}",
            Service = new ReleasedService { Name = model.Name, Model = model.Version },
            Configuration = NoConfiguration,
            Weight = model == served[^1] ? Weight.All : Weight.None,
        });
    }

    private RepositoryEntry Describe(ServeRoleModel model) =>
        model.Version is null ? new RepositoryEntry(model.Name, $"{model.Number}", Unavailable, model.Problem)
        : unloaded.Contains(model.Name) ? new RepositoryEntry(model.Name, $"{model.Number}", Unavailable, Unloaded)
        : new RepositoryEntry(model.Name, $"{model.Number}", Ready, "");
}
