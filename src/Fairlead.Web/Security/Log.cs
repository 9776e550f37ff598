using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Security;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "How '{Action}' of entry {Number} ended could not be entered into the audit log")]
    public static partial void NoOutcome(ILogger logger, Exception exception, string action, long number);
}
