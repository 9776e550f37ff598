using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Services;
using Fairlead.Replay.Orders;

namespace Fairlead.Replay.Targets;

/// <summary>Finds what an order means by a model version, a run, a release or a server group.</summary>
public sealed class TargetResolver(
    IReleaseCatalog releases,
    IServerGroupCatalog groups,
    IModelCatalog models,
    IRunCatalog runs,
    IWorkspace workspace,
    IArtifactStore store,
    IModelInspector inspector,
    IChainInspector chains,
    IServiceConfigurations configurations)
{
    private const int Searched = 1000;

    /// <exception cref="FairleadException">NotFound: there is no such thing; Invalid: it is none that the service can be replayed through.</exception>
    public async Task<ReplayTarget> ResolveAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        var target = await FindAsync(order, cancellationToken).ConfigureAwait(false);
        return order.Transforms is { Count: > 0 } transforms ? Override(target, transforms) : target;
    }

    private async Task<ReplayTarget> FindAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        var text = order.Target;
        if (text is null)
            return await LatestAsync(order, cancellationToken).ConfigureAwait(false);
        if (text.Contains('@', StringComparison.Ordinal))
            return await OfModelAsync(order, text, cancellationToken).ConfigureAwait(false);
        if (ReleaseName.TryParse(text, out var release))
            return await OfReleaseAsync(order, release, cancellationToken).ConfigureAwait(false);
        if (ServerGroupName.TryParse(text, out var group))
            return await OfGroupAsync(order.Service, group, cancellationToken).ConfigureAwait(false);
        if (RunId.TryParse(text, out var run))
            return await OfRunAsync(order, run, cancellationToken).ConfigureAwait(false);
        throw FairleadException.Invalid($"'{text}' is nothing that predictions are replayed through; name a model version ('late@3'), a run ('train-7'), a release ('v004') or a server group ('late-prod-v002').");
    }

    private async Task<string[]> ServicesAsync(CancellationToken cancellationToken) =>
        [.. (await releases.ListAsync(Searched, cancellationToken).ConfigureAwait(false)).SelectMany(release => release.Services).Select(service => service.Name).Distinct(StringComparer.Ordinal)];

    private async Task<ReplayTarget> LatestAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        foreach (var release in await releases.ListAsync(Searched, cancellationToken).ConfigureAwait(false))
        {
            if (release.Services.FirstOrDefault(candidate => candidate.Name == order.Service) is { } found)
                return await ReleasedAsync(order, release, found, cancellationToken).ConfigureAwait(false);
        }

        throw FairleadException.NotFound($"No release holds the service '{order.Service}' ({NearestName.Hint(order.Service, await ServicesAsync(cancellationToken).ConfigureAwait(false))}); if it was one once, name what its predictions are replayed through by '--model'.");
    }

    private async Task<ReplayTarget> OfReleaseAsync(ReplayOrder order, ReleaseName name, CancellationToken cancellationToken)
    {
        if (await releases.FindAsync(name, cancellationToken).ConfigureAwait(false) is not { } release)
        {
            var known = (await releases.ListAsync(Searched, cancellationToken).ConfigureAwait(false)).Select(one => one.Name.ToString()).ToList();
            throw FairleadException.NotFound($"There is no release '{name}'; {NearestName.Hint(name.ToString(), known)}.");
        }

        return release.Services.FirstOrDefault(candidate => candidate.Name == order.Service) is { } found
            ? await ReleasedAsync(order, release, found, cancellationToken).ConfigureAwait(false)
            : throw FairleadException.NotFound($"The release '{name}' holds no service '{order.Service}'; {NearestName.Hint(order.Service, [.. release.Services.Select(one => one.Name)])}.");
    }

    private async Task<ReplayTarget> OfGroupAsync(string service, ServerGroupName name, CancellationToken cancellationToken)
    {
        if (await groups.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } group)
            return group.Service.Name == service
                ? new ReplayTarget($"{group.Service.Label} of server group {name}", group.Service)
                : throw FairleadException.Invalid($"The server group '{name}' runs the service '{group.Service.Name}', not '{service}'.");
        var known = (await groups.ListAsync(null, service, cancellationToken).ConfigureAwait(false)).Select(one => one.Name.ToString()).ToList();
        throw FairleadException.NotFound($"There is no server group '{name}'; {NearestName.Hint(name.ToString(), known)}.");
    }

    private async Task<ReplayTarget> OfModelAsync(ReplayOrder order, string text, CancellationToken cancellationToken)
    {
        var at = text.LastIndexOf('@');
        var name = text[..at];
        var versions = await models.ListAsync(null, cancellationToken).ConfigureAwait(false);
        if (versions.FirstOrDefault(version => version.Label == text) is { } found)
            return await WithModelAsync(order, found, found.Label, cancellationToken).ConfigureAwait(false);
        var numbers = versions.Where(version => version.Model == name).Select(version => version.Label).ToList();
        throw numbers.Count == 0
            ? FairleadException.NotFound($"There is no model '{name}'; {NearestName.Hint(name, [.. versions.Select(version => version.Model).Distinct()])}.")
            : FairleadException.NotFound($"There is no model version '{text}'; known: {string.Join(", ", numbers.Take(20))}.");
    }

    /// <summary>A run's model need not be released: that is what a replay is for.</summary>
    private async Task<ReplayTarget> OfRunAsync(ReplayOrder order, RunId id, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } run)
        {
            var known = (await runs.ListAsync(null, Searched, cancellationToken).ConfigureAwait(false)).Select(one => one.Id.ToString()).ToList();
            throw FairleadException.NotFound($"There is no run '{id}'; {NearestName.Hint(id.ToString(), [.. known.Take(20)])}.");
        }

        if (run.Status is not RunStatus.Succeeded)
            throw FairleadException.Invalid($"The run '{id}' is {run.Status.ToString().ToLowerInvariant()}, so that there is no model of it.");
        var project = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
        var definition = project.Services.FirstOrDefault(candidate => candidate.Name == order.Service)
            ?? throw FairleadException.NotFound($"The project has no service '{order.Service}'; {NearestName.Hint(order.Service, [.. project.Services.Select(one => one.Name)])}.");
        var wanted = definition.Models.ToHashSet(StringComparer.Ordinal);
        // The model of the run's own variant, else that of another variant of the step.
        var variant = run.Variant is null ? id.Step : $"{id.Step}[{run.Variant}]";
        var model = project.Models.Where(candidate => wanted.Contains(candidate.Name) && candidate.Step.Split('[')[0] == id.Step)
            .MaxBy(candidate => candidate.Step == variant)
            ?? throw FairleadException.Invalid($"The run '{id}' makes no model of the service '{order.Service}': its models come from {string.Join(", ", project.Models.Where(one => wanted.Contains(one.Name)).Select(one => $"'{one.Step}'").DefaultIfEmpty("no step"))}.");
        return await WithModelAsync(order, VersionOf(run, model), $"{model.Name} of run {id}", cancellationToken).ConfigureAwait(false);
    }

    private ModelVersion VersionOf(Run run, ModelDefinition model)
    {
        var output = run.Outputs.FirstOrDefault(candidate => candidate.Name == model.Output)
            ?? throw FairleadException.Invalid($"The run '{run.Id}' has no output '{model.Output}', which is the model '{model.Name}'.");
        return new ModelVersion
        {
            Model = model.Name,
            // None: no release has taken it up.
            Number = 0,
            Artifact = output.Artifact,
            Signature = inspector.Inspect(store.PathOf(output.Artifact.Digest), $"{model.Name} of run {run.Id}"),
            Run = run.Id,
            CreatedAt = run.FinishedAt ?? run.StartedAt,
        };
    }

    /// <summary>The service with that version in place of its own.</summary>
    private async Task<ReplayTarget> WithModelAsync(ReplayOrder order, ModelVersion version, string label, CancellationToken cancellationToken)
    {
        var service = order.Service;
        var (release, latest) = (await releases.ListAsync(Searched, cancellationToken).ConfigureAwait(false))
            .Select(release => (release, Service: release.Services.FirstOrDefault(candidate => candidate.Name == service)))
            .FirstOrDefault(candidate => candidate.Service is not null);
        if (latest?.Command is not null)
            throw FairleadException.Invalid($"The service '{service}' is a command, which serves no model; name a release or a server group.");
        if (latest?.Chain is not { } chain)
            return new ReplayTarget(label, new ReleasedService { Name = service, Model = version });
        if (chain.Stages.All(stage => stage.Model?.Model != version.Model))
            throw FairleadException.Invalid($"The chain '{service}' has no stage with the model '{version.Model}'; {NearestName.Hint(version.Model, [.. latest.Models.Select(model => model.Model)])}.");
        var configured = await ConfigureAsync(order, release, latest, cancellationToken).ConfigureAwait(false);
        return new ReplayTarget($"{service} with {label}", Rebuilt(configured, [.. chain.Stages.Select(stage => stage.Model?.Model == version.Model ? stage with { Model = version } : stage)]));
    }

    private ReplayTarget Override(ReplayTarget target, IReadOnlyDictionary<int, string> transforms)
    {
        var chain = target.Service.Chain ?? throw FairleadException.Invalid($"The service '{target.Service.Name}' is no chain, so that it has no transform to be replaced.");
        var stages = chain.Stages.ToArray();
        foreach (var (number, sql) in transforms)
        {
            if (number < 1 || number > stages.Length || stages[number - 1].Sql is null)
            {
                var known = stages.Select((stage, index) => (stage, index)).Where(pair => pair.stage.Sql is not null).Select(pair => $"'{pair.index + 1}'");
                throw FairleadException.Invalid($"The stage '{number}' of the chain '{target.Service.Name}' is no transform; transforms are {string.Join(", ", known.DefaultIfEmpty("none"))}.");
            }

            stages[number - 1] = stages[number - 1] with { Sql = sql };
        }

        var names = string.Join(" and ", transforms.Keys.Order());
        return new ReplayTarget($"{target.Label} with another transform in stage {names}", Rebuilt(target.Service, stages));
    }

    private ReleasedService Rebuilt(ReleasedService service, ReleasedStage[] stages)
    {
        var chain = service.Chain!;
        var definition = new ChainDefinition(chain.Signature.Inputs, [.. stages.Select((stage, index) => new ChainStage(stage.Model?.Model, stage.Model is null ? $"stage-{index + 1}.sql" : null))]);
        return service with { Chain = chains.Inspect(service.Name, definition, stages, service.Config) };
    }

    private async Task<ReplayTarget> ReleasedAsync(ReplayOrder order, Release release, ReleasedService service, CancellationToken cancellationToken)
    {
        var configured = await ConfigureAsync(order, release, service, cancellationToken).ConfigureAwait(false);
        var where = order.Environment is { } environment && environment != order.From ? $" as in {environment}" : "";
        return new ReplayTarget($"{service.Label} of release {release.Name}{where}", configured);
    }

    /// <summary>Predictions of an environment that the project has no more are scored with the release's defaults, unless another is named.</summary>
    private async Task<ReleasedService> ConfigureAsync(ReplayOrder order, Release release, ReleasedService service, CancellationToken cancellationToken)
    {
        if (order.Environment is null && (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project.Environments.All(environment => environment.Name != order.From))
            return service;
        return await configurations.ConfigureAsync(release, service, order.Environment ?? order.From, cancellationToken).ConfigureAwait(false);
    }
}
