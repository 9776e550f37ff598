using Microsoft.Extensions.Logging;

namespace Fairlead.Pipelines;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Execution {Number} of {Pipeline} began: {Cause} by {By}")]
    public static partial void Started(ILogger logger, int number, string pipeline, string cause, string by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Execution {Number} of {Pipeline} ended: {Status} {Reason}")]
    public static partial void Ended(ILogger logger, int number, string pipeline, string status, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} executions are driven on from where they were")]
    public static partial void Adopted(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution {Number} is driven by another control plane now")]
    public static partial void LeaseLost(ILogger logger, int number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution {Number}: {Stalled}")]
    public static partial void Stalled(ILogger logger, int number, string stalled);

    [LoggerMessage(Level = LogLevel.Error, Message = "Execution {Number} cannot be recorded, and waits until it can")]
    public static partial void NotRecorded(ILogger logger, Exception exception, int number);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activity {Key} ended in an unexpected failure")]
    public static partial void ActivityFailed(ILogger logger, Exception exception, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "Execution {Number} stopped being driven by an unexpected failure; it is taken up again when its lease is over")]
    public static partial void DriverFailed(ILogger logger, Exception exception, int number);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of the pipeline engine failed")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The evidence '{Source}' of activity {Key} failed; the judge is told that it is missing")]
    public static partial void EvidenceFailed(ILogger logger, Exception exception, string source, string key);
}
