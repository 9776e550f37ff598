using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Delivery.Releases;

/// <summary>Turns the services of the project file into what a release carries.</summary>
internal sealed class ReleasedServices(ReleasedModels models, IProjectCode code, IChainInspector chains, ReleasedContracts contracts)
{
    /// <summary>In the order of the project file.</summary>
    /// <exception cref="FairleadException">As <see cref="ReleasedModels"/>; Invalid: code, a transform or a captured field that is not there, a contract that does not compile; Failed: stages of a chain that do not fit.</exception>
    public async Task<IReadOnlyList<ReleasedService>> TakeUpAsync(ProjectSnapshot snapshot, CancellationToken cancellationToken)
    {
        var names = snapshot.Project.Services.SelectMany(service => service.Models).ToHashSet(StringComparer.Ordinal);
        var versions = await models.TakeUpAsync(snapshot, names, cancellationToken).ConfigureAwait(false);
        var services = new List<ReleasedService>();
        foreach (var service in snapshot.Project.Services)
        {
            services.Add(new ReleasedService
            {
                Name = service.Name,
                Model = service.Model is null ? null : versions[service.Model],
                Chain = service.Chain is null ? null : await ChainAsync(service, service.Chain, versions, cancellationToken).ConfigureAwait(false),
                Command = service.Command is null ? null : await CommandAsync(service.Name, service.Command, cancellationToken).ConfigureAwait(false),
                Durability = service.Durability,
                Capture = service.Capture,
                Batch = service.Batch,
                Limits = service.Limits,
                Outcome = service.Outcome,
                Config = service.Config.Count == 0 ? null : service.Config,
            });
        }

        CapturedFields.Require(services);
        return services;
    }

    private async Task<ReleasedChain> ChainAsync(
        ServiceDefinition service, ChainDefinition definition, IReadOnlyDictionary<string, ModelVersion> versions, CancellationToken cancellationToken)
    {
        var stages = new List<ReleasedStage>();
        foreach (var stage in definition.Stages)
        {
            stages.Add(stage.Transform is null
                ? new ReleasedStage(versions[stage.Model!], null)
                : new ReleasedStage(null, await code.ReadTextAsync(stage.Transform, $"Service '{service.Name}'", cancellationToken).ConfigureAwait(false)));
        }

        return chains.Inspect(service.Name, definition, stages, service.Config);
    }

    private async Task<ReleasedCommand> CommandAsync(string service, CommandDefinition definition, CancellationToken cancellationToken)
    {
        var contract = await contracts.TakeUpAsync(service, definition, cancellationToken).ConfigureAwait(false);
        return new ReleasedCommand
        {
            Command = definition.Command,
            Code = await code.StoreAsync(definition.Code, $"Service '{service}'", cancellationToken).ConfigureAwait(false),
            Protocol = definition.Protocol,
            Health = definition.Health,
            Contract = contract,
            Settings = definition.Settings,
        };
    }
}
