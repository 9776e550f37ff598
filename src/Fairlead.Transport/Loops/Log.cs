using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Loops;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of event loop {Loop} failed.")]
    public static partial void HandlerFailed(ILogger logger, int loop, Exception exception);
}
