using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Requests;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of {Path} is gone: {Reason}")]
    public static partial void ClientGone(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request for {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, string path, Exception exception);
}
