using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Connections;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Connection {Connection} closes: {Reason}.")]
    public static partial void Closing(ILogger logger, string connection, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of connection {Connection} ended it: {Reason}.")]
    public static partial void InputEnded(ILogger logger, string connection, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "What waited for the end of connection {Connection} failed.")]
    public static partial void CallbackFailed(ILogger logger, string connection, Exception exception);
}
