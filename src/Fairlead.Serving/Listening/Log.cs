using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Listening;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Listening on port {Port} as well.")]
    public static partial void PortOpened(ILogger logger, int port);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Warning}")]
    public static partial void PortFailed(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Information, Message = "No longer listening on port {Port}.")]
    public static partial void PortClosed(ILogger logger, int port);
}
