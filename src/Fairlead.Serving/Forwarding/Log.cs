using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Forwarding;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A request for {ServerGroup} was not answered: {Reason}")]
    public static partial void ForwardFailed(ILogger logger, string serverGroup, string reason);
}
