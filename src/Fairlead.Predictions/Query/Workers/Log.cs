using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Query.Workers;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Queries run without a sandbox, since bubblewrap does not work here: {Reason}")]
    public static partial void NoSandbox(ILogger logger, string reason);
}
