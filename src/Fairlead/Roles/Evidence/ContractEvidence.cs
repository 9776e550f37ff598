using System.Text.Json.Nodes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Releases;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge what clients would feel: contracts of command services that break, and what models take and give.</summary>
internal sealed class ContractEvidence(IContractComparer comparer, IArtifactStore store, IReleaseCatalog releases, IServerGroupCatalog groups) : IEvidenceSource
{
    public string Name => "Contracts";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (await Comparison.ReadAsync(request, releases, groups, cancellationToken) is not { } comparison)
            return [];
        var rows = new List<JsonObject>();
        foreach (var service in comparison.Candidate.Services)
        {
            if (!comparison.Live.TryGetValue(service.Name, out var live))
                continue;
            if (service.Command is null)
                rows.AddRange(Differences(service.Name, "input", live.Service.Signature.Inputs, service.Signature.Inputs).Concat(Differences(service.Name, "output", live.Service.Signature.Outputs, service.Signature.Outputs)));
            else if (service.Command.Contract is { } contract && live.Service.Command?.Contract is { } known && known.Descriptors != contract.Descriptors)
                rows.AddRange((await CompareAsync(known.Descriptors, contract.Descriptors, cancellationToken)).Select(change => Row(service.Name, change.Where, change.Message)));
        }

        rows.AddRange(comparison.Live.Keys.Except(comparison.Candidate.Services.Select(service => service.Name)).Select(gone => Row(gone, "", "The release does not have this service, which is live.")));
        return comparison.Live.Count == 0 ? [] : [new EvidenceSection(Name, EvidenceData.Table(rows)) { Note = rows.Count == 0 ? "Nothing differs from what is live that clients would feel." : null }];
    }

    private async Task<IReadOnlyList<ContractChange>> CompareAsync(ArtifactRef known, ArtifactRef candidate, CancellationToken cancellationToken) =>
        comparer.Compare(await store.ReadAsync(known.Digest, cancellationToken), await store.ReadAsync(candidate.Digest, cancellationToken));

    private static IEnumerable<JsonObject> Differences(string service, string side, IReadOnlyList<TensorSpec> live, IReadOnlyList<TensorSpec> candidate)
    {
        var (before, after) = (live.ToDictionary(spec => spec.Name, Describe, StringComparer.Ordinal), candidate.ToDictionary(spec => spec.Name, Describe, StringComparer.Ordinal));
        foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (then, now) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (then != now)
                yield return Row(service, $"{side} {name}", then is null ? $"It is new: {now}." : now is null ? $"It is gone; it was {then}." : $"It was {then} and is {now}.");
        }
    }

    private static string Describe(TensorSpec spec) => $"{spec.Type.ToString().ToLowerInvariant()} [{string.Join(", ", spec.Shape)}]";

    private static JsonObject Row(string service, string where, string change) => new() { ["service"] = service, ["where"] = where, ["change"] = change };
}
