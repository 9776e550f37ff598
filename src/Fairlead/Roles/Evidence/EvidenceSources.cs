using Fairlead.Contracts.Comparison;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Predictions.Query;

namespace Fairlead.Roles.Evidence;

/// <summary>Everything that a judge is shown, in the order in which it is shown.</summary>
internal static class EvidenceSources
{
    public static IReadOnlyList<IEvidenceSource> Create(ControlRooms rooms)
    {
        var (releases, groups, runs) = (rooms.Catalog.Releases, rooms.Catalog.ServerGroups, rooms.Catalog.Runs);
        return
        [
            new LiveEvidence(groups),
            new ModelEvidence(runs, releases, groups),
            new ReplayEvidence(),
            new DriftEvidence(rooms.Drift.Store, releases, groups),
            new ConfigurationEvidence(rooms.Environments),
            new ContractEvidence(new ContractComparer(), rooms.Store, releases, groups),
            new DataEvidence(runs, releases, groups),
            new CommitEvidence(rooms.Commits, releases, groups, rooms.Workspace),
            new SampleEvidence(new PredictionQuery(rooms.Predictions)),
        ];
    }
}
