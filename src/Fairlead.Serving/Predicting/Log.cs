using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Predicting;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Server group {ServerGroup} failed on a request.")]
    public static partial void PredictionFailed(ILogger logger, string serverGroup, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The capture log cannot be flushed to the disk: {Reason}. Services with acknowledged capture answer 503.")]
    public static partial void FlushFailed(ILogger logger, string reason);
}
