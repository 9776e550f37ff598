using Microsoft.Extensions.Logging;

namespace Fairlead.Triggers;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "trigger {Trigger} cannot be looked at: {Reason}")]
    public static partial void LookFailed(ILogger logger, string trigger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "trigger {Trigger} failed unexpectedly")]
    public static partial void LookBroke(ILogger logger, Exception exception, string trigger);

    [LoggerMessage(Level = LogLevel.Information, Message = "trigger {Trigger} can be looked at again")]
    public static partial void LookMended(ILogger logger, string trigger);

    [LoggerMessage(Level = LogLevel.Information, Message = "trigger {Trigger} fired for '{Key}'")]
    public static partial void Fired(ILogger logger, string trigger, string key);

    [LoggerMessage(Level = LogLevel.Information, Message = "trigger {Trigger} began execution {Execution} for '{Key}'")]
    public static partial void Began(ILogger logger, string trigger, int execution, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "trigger {Trigger} could not begin an execution for '{Key}': {Reason}")]
    public static partial void BeginFailed(ILogger logger, string trigger, string key, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "trigger {Trigger} cannot begin an execution for '{Key}' now, and tries again")]
    public static partial void BeginDelayed(ILogger logger, Exception exception, string trigger, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the project file cannot be read, its triggers stay as they were: {Reason}")]
    public static partial void ProjectUnreadable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "webhooks for trigger {Trigger} cannot be checked: {Reason}")]
    public static partial void HookUnchecked(ILogger logger, string trigger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "a round of triggers failed")]
    public static partial void RoundFailed(ILogger logger, Exception exception);
}
