using Fairlead.Delivery.Rollouts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Release {Release} made from {Commit} with {Services} services by {User}")]
    public static partial void ReleaseMade(ILogger logger, ReleaseName release, string commit, int services, string user);

    [LoggerMessage(2, LogLevel.Information, "Deploying {Release} to '{Environment}' for {User}: {ServerGroups}")]
    public static partial void Deploying(ILogger logger, ReleaseName release, string environment, string user, string serverGroups);

    [LoggerMessage(3, LogLevel.Information, "Traffic of '{Environment}' switched to {ServerGroups} for {User}, desired state {Version}")]
    public static partial void Switched(ILogger logger, string environment, string serverGroups, string user, long version);

    [LoggerMessage(4, LogLevel.Warning, "Deployment to '{Environment}' failed: {Reason}")]
    public static partial void DeploymentFailed(ILogger logger, string environment, string reason);

    [LoggerMessage(5, LogLevel.Information, "'{Environment}' rolled back to {ServerGroups} for {User}, desired state {Version}")]
    public static partial void RolledBack(ILogger logger, string environment, string serverGroups, string user, long version);

    [LoggerMessage(6, LogLevel.Warning, "Warm server group {ServerGroup} is gone from the host: {Reason}")]
    public static partial void Evicted(ILogger logger, ServerGroupName serverGroup, string reason);

    [LoggerMessage(7, LogLevel.Information, "Desired state {Version} published with {Count} server groups")]
    public static partial void Published(ILogger logger, long version, int count);

    [LoggerMessage(8, LogLevel.Warning, "The project cannot be read; its last known environments are used: {Reason}")]
    public static partial void ProjectUnreadable(ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Warning, "Recovered after an interruption: {Count} server groups were being prepared and are marked as failed")]
    public static partial void Recovered(ILogger logger, int count);

    [LoggerMessage(10, LogLevel.Information, "Host {Url} (process {ProcessId}) reported for the first time")]
    public static partial void HostAppeared(ILogger logger, string url, int processId);

    [LoggerMessage(11, LogLevel.Warning, "Host {Url} refused desired state {Version}: {Failures}")]
    public static partial void HostRefused(ILogger logger, string url, long version, string failures);

    [LoggerMessage(12, LogLevel.Error, "Host {Url} answered requests that it could not record: {Lost} since its start")]
    public static partial void CaptureLost(ILogger logger, string url, long lost);

    [LoggerMessage(13, LogLevel.Information, "Shadows in '{Environment}' changed: {ServerGroups}, for {User}, desired state {Version}")]
    public static partial void Mirrored(ILogger logger, string environment, string serverGroups, string user, long version);

    [LoggerMessage(14, LogLevel.Information, "Rollout {Number} in '{Environment}' ended: {Outcome} {Reason}")]
    public static partial void RolloutEnded(ILogger logger, int number, string environment, RolloutOutcome? outcome, string? reason);

    [LoggerMessage(15, LogLevel.Warning, "Rollout {Number} in '{Environment}' went back to {ServerGroups} ({Reason}), desired state {Version}")]
    public static partial void WentBack(ILogger logger, int number, string environment, string serverGroups, string? reason, long version);

    [LoggerMessage(16, LogLevel.Warning, "The analysis of rollout {Number} failed; it waits")]
    public static partial void JudgeFailed(ILogger logger, int number, Exception e);

    [LoggerMessage(17, LogLevel.Error, "Action {Action} of rollout {Number} broke; it is tried again")]
    public static partial void RolloutActionBroke(ILogger logger, int number, RolloutActionKind action, Exception e);

    [LoggerMessage(18, LogLevel.Error, "Rollout {Number} cannot be driven any more; the next start of the control plane takes it up")]
    public static partial void RolloutLost(ILogger logger, int number, Exception e);

    [LoggerMessage(19, LogLevel.Information, "Rollout {Number} ({What}) begins for {User}")]
    public static partial void RolloutBegins(ILogger logger, int number, string what, string user);

    [LoggerMessage(20, LogLevel.Information, "Server group {ServerGroup} {What} by {User}, desired state {Version}")]
    public static partial void GroupChanged(ILogger logger, ServerGroupName serverGroup, string what, string user, long version);

    [LoggerMessage(21, LogLevel.Information, "{Count} server groups that were kept warm long enough are gone")]
    public static partial void GroupsCleaned(ILogger logger, int count);

    [LoggerMessage(22, LogLevel.Warning, "Clean-up of server groups failed; the next round tries again")]
    public static partial void CleanUpFailed(ILogger logger, Exception e);
}
