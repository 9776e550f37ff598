using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;

namespace Fairlead.Notices.Robot;

/// <summary>
/// The seam to what people can ask the robot for. Each is allowed and entered into the audit log as the same call of the API by the same person would be.
/// Answers are text, a line for each thing.
/// </summary>
public interface IChatActions
{
    /// <summary>What runs, waits and fires.</summary>
    /// <exception cref="FairleadException">Forbidden, as for all here.</exception>
    Task<string> StatusAsync(Principal principal, string via, CancellationToken cancellationToken);

    /// <summary>The newest rollouts.</summary>
    /// <param name="environment">Null for all.</param>
    Task<string> DeploysAsync(Principal principal, string via, string? environment, CancellationToken cancellationToken);

    /// <param name="stage">Null for the only one that waits.</param>
    /// <param name="choice">One of the stage's, or <c>reject</c>.</param>
    /// <exception cref="FairleadException">NotFound, Conflict or Invalid: it does not wait for that.</exception>
    Task<string> JudgeAsync(Principal principal, string via, int execution, string? stage, string choice, string? comment, CancellationToken cancellationToken);

    /// <param name="service">Null for every one that has a way back.</param>
    /// <exception cref="FairleadException">NotFound; Conflict: nothing to go back to.</exception>
    Task<string> RollBackAsync(Principal principal, string via, string environment, string? service, CancellationToken cancellationToken);
}
