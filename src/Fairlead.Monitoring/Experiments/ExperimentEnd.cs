using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Experiments;

/// <summary>Tells from the server groups whether an experiment is over without anybody having stopped it.</summary>
internal static class ExperimentEnd
{
    /// <param name="groups">Every recorded group of the service in the environment.</param>
    /// <returns>The aborted experiment, or null while its arms have their traffic.</returns>
    public static Experiment? Of(Experiment experiment, IReadOnlyList<ServerGroup> groups, DateTimeOffset now)
    {
        if (experiment.Status == ExperimentStatus.Starting)
            return Abort(experiment, now, null, null, "the control plane ended while it was starting");
        if (groups.Any(group => group.Experiment == experiment.Name))
            return null;
        var arms = experiment.Design.Arms.Select(arm => arm.ServerGroup).ToHashSet();
        var ended = groups
            .Where(group => arms.Contains(group.Name) && group.DisabledAt >= experiment.StartedAt)
            .Select(group => group.DisabledAt)
            .Min() ?? now;
        var live = groups.Where(group => group.Status == ServerGroupStatus.Enabled).MaxBy(group => group.Weight.Hundredths);
        return Abort(experiment, ended, live, live?.EnabledBy, live is null ? "its traffic was taken away" : $"its traffic was rolled back to {live.Name}");
    }

    private static Experiment Abort(Experiment experiment, DateTimeOffset at, ServerGroup? live, string? user, string reason) =>
        experiment with { Status = ExperimentStatus.Aborted, EndedAt = at, EndedBy = user, Kept = live?.Name, Reason = reason };
}
