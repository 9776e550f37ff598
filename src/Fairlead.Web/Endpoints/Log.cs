using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected failure at {Path}")]
    public static partial void Unexpected(ILogger logger, Exception exception, string path);
}
