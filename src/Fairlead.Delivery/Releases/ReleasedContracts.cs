using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Delivery.Releases;

/// <summary>Compiles the contracts of command services and compares them with those that were released before.</summary>
internal sealed class ReleasedContracts(IWorkspace workspace, IArtifactStore store, IReleaseCatalog releases, IContractCompiler compiler, IContractComparer comparer)
{
    /// <summary>A service may leave the project and come back; further back than this nobody remembers its clients.</summary>
    private const int SearchedReleases = 100;

    /// <exception cref="FairleadException">Invalid: the contract does not compile, or is one of another protocol.</exception>
    public async Task<ServiceContract?> TakeUpAsync(string service, CommandDefinition command, CancellationToken cancellationToken)
    {
        if (command.Contract is not { } path)
            return null;
        if (command.Protocol != ServiceProtocol.Grpc)
            throw FairleadException.Invalid($"Service '{service}' has the contract '{path}', and speaks {command.Protocol.ToString().ToLowerInvariant()}; set 'protocol: grpc', or remove the contract.");
        var descriptors = await compiler.CompileAsync(workspace.Root, path, cancellationToken).ConfigureAwait(false);
        return new ServiceContract(path, await store.PutBytesAsync(descriptors, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What would break clients of the contracts as they were last released; one report for each service that has a contract.</summary>
    public async Task<IReadOnlyList<ContractReport>> CompareAsync(IEnumerable<(string Service, ServiceContract Contract)> candidates, CancellationToken cancellationToken)
    {
        var known = await releases.ListAsync(SearchedReleases, cancellationToken).ConfigureAwait(false);
        var reports = new List<ContractReport>();
        foreach (var (service, candidate) in candidates)
        {
            var last = known
                .Select(release => (release.Name, release.Services.FirstOrDefault(released => released.Name == service)?.Command?.Contract))
                .FirstOrDefault(pair => pair.Contract is not null);
            var changes = last.Contract is null || last.Contract.Descriptors == candidate.Descriptors
                ? []
                : comparer.Compare(
                    await store.ReadAsync(last.Contract.Descriptors.Digest, cancellationToken).ConfigureAwait(false),
                    await store.ReadAsync(candidate.Descriptors.Digest, cancellationToken).ConfigureAwait(false));
            reports.Add(new ContractReport(service, candidate.Path, last.Contract is null ? null : last.Name, changes));
        }

        return reports;
    }

    /// <exception cref="FairleadException">Conflict: every breaking change, a line each.</exception>
    public async Task RequireCompatibleAsync(IReadOnlyList<ReleasedService> services, CancellationToken cancellationToken)
    {
        var candidates = services.Where(service => service.Command?.Contract is not null).Select(service => (service.Name, service.Command!.Contract!));
        var broken = (await CompareAsync(candidates, cancellationToken).ConfigureAwait(false)).Where(report => report.Changes.Count > 0).ToList();
        if (broken.Count == 0)
            return;
        throw FairleadException.Conflict(string.Join('\n', broken.SelectMany(report => report.Changes.Select(change => $"Service '{report.Service}' breaks the clients of release {report.Released}: {change.Message}")))
            + "\nMend the contract, or release it as it is with 'fairlead release --break-contract'.");
    }
}
