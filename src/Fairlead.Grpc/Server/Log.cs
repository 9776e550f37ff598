using Microsoft.Extensions.Logging;

namespace Fairlead.Grpc.Server;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The call of '{Path}' failed.")]
    public static partial void CallFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "The client of '{Path}' went away: {Reason}")]
    public static partial void ClientGone(ILogger logger, string path, string reason);
}
