using Microsoft.Extensions.Logging;

namespace Fairlead.Identity.Tokens;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} wrong tokens within a minute came from {Address}; it is not listened to for the rest of it")]
    public static partial void Blocked(ILogger logger, string address, int count);
}
