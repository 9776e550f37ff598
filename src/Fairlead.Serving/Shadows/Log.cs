using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Shadows;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The shadow {ServerGroup} failed on the copy of a request; no client is concerned.")]
    public static partial void ShadowFailed(ILogger logger, string serverGroup, Exception exception);
}
