using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.States;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Applied desired state {Version}: {ServerGroups} server groups answer, {Pending} are being made ready.")]
    public static partial void StateApplied(ILogger logger, long version, int serverGroups, int pending);

    [LoggerMessage(Level = LogLevel.Information, Message = "Desired state {Version} is given up for a newer one.")]
    public static partial void StateSuperseded(ILogger logger, long version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Server group {ServerGroup} is ready.")]
    public static partial void GroupReady(ILogger logger, string serverGroup);

    [LoggerMessage(Level = LogLevel.Error, Message = "Server group {ServerGroup}, which takes no traffic yet, cannot be made ready: {Reason}")]
    public static partial void GroupFailed(ILogger logger, string serverGroup, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Desired state {Version} is refused and the one before stays. {Reasons}")]
    public static partial void StateRefused(ILogger logger, long version, string reasons);

    [LoggerMessage(Level = LogLevel.Error, Message = "Of the kept desired state {Version} only {ServerGroups} server groups are served. {Reasons}")]
    public static partial void StatePartlyServed(ILogger logger, long version, int serverGroups, string reasons);

    [LoggerMessage(Level = LogLevel.Error, Message = "The kept desired state {Path} is ignored: {Reason}")]
    public static partial void StateIgnored(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Desired state {Version} is applied but could not be kept in {Path}: {Reason} After a restart the host begins with the one before.")]
    public static partial void StateNotKept(ILogger logger, long version, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The control plane {Url} does not answer: {Reason} The host goes on with what it has and tries again.")]
    public static partial void ControlPlaneAway(ILogger logger, string url, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The control plane took no report: {Reason}")]
    public static partial void ReportFailed(ILogger logger, string reason);
}
