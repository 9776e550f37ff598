using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Outcomes;
using Fairlead.Web.Contracts;
using Fairlead.Web.Security;

namespace Fairlead.Web.Endpoints;

/// <summary>Puts together what runs where, for the API and the first page.</summary>
public sealed class StatusReader(IWorkspace workspace, IServerGroupCatalog groups, DesiredStates states, HostReports reports, ControlIdentity identity, UnmatchedOutcomes unmatched)
{
    public async Task<StatusAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        var (snapshot, error) = await ReadProjectAsync(cancellationToken);
        var state = await states.FindAsync(cancellationToken);
        var live = await groups.ListAsync(null, null, cancellationToken);
        return new StatusAnswer
        {
            Project = snapshot?.Project.Name ?? state?.Project ?? Path.GetFileName(workspace.Root),
            ProjectRoot = workspace.Root,
            Commit = snapshot?.Commit,
            ProjectError = error,
            ControlUrl = identity.Url,
            ControlProcessId = identity.ProcessId,
            HostUrl = identity.HostUrl,
            Host = reports.Latest.FirstOrDefault(host => host.IsReachable)?.Report,
            DesiredVersion = state?.Version ?? 0,
            Environments = [.. (snapshot?.Project.Environments.Select(environment => environment.Name) ?? []).Union(state?.Environments.Select(environment => environment.Name) ?? [], StringComparer.Ordinal)],
            ServerGroups = [.. live.Where(group => group.Status != ServerGroupStatus.Destroyed).Select(group => ConfigurationSight.Of(group, Callers.Principal))],
            UnmatchedOutcomes = await unmatched.ReadAsync(cancellationToken),
        };
    }

    private async Task<(ProjectSnapshot? Snapshot, string? Error)> ReadProjectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await workspace.ReadAsync(cancellationToken), null);
        }
        catch (FairleadException e)
        {
            // A broken project file must not hide what is live.
            return (null, e.Message);
        }
    }
}
