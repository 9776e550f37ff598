namespace Fairlead.Domain.Deployments;

/// <summary>The seam to the traffic of a service while an experiment runs on it.</summary>
public interface IExperimentTraffic
{
    /// <summary>
    /// Splits the traffic of a service between the arms, by a hash of the unit that is the experiment's own, and completes when the host does so.
    /// Until it ends, deployments and shifts of traffic are refused there; a rollback ends it.
    /// </summary>
    /// <param name="experiment">A name that was never used before.</param>
    /// <param name="arms">Server groups of the service that are enabled or warm; their shares sum to 100 %.</param>
    /// <exception cref="Problems.FairleadException">
    /// Conflict: another experiment runs there, an arm is not warm, or another change is under way; Invalid: shares of another sum; NotFound: environment,
    /// service or group; Failed: the host refused and everything is as it was; Unavailable: no host answers, the state is published.
    /// </exception>
    Task BeginAsync(string environment, string service, string experiment, IReadOnlyDictionary<ServerGroupName, Weight> arms, string user, CancellationToken cancellationToken);

    /// <summary>Gives all traffic to one arm and frees the service for other changes; does nothing when the experiment has no arms any more.</summary>
    /// <exception cref="Problems.FairleadException">As for the beginning.</exception>
    Task EndAsync(string environment, string service, string experiment, ServerGroupName kept, string user, CancellationToken cancellationToken);
}
