using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Lineage could not be told to {Target}, {Attempts} times by now, and waits: {Reason}")]
    public static partial void EventWaits(ILogger logger, string target, int attempts, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lineage event {Key} is not sent to {Target} any more: {Reason}")]
    public static partial void EventGivenUp(ILogger logger, string key, string target, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Lineage could not be collected and is tried again: {Reason}")]
    public static partial void RoundFailed(ILogger logger, Exception cause, string reason);
}
