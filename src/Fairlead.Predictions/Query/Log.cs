using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Query;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Queries go on without the rest of log segment {Segment}: {Reason}")]
    public static partial void TailDamaged(ILogger logger, string segment, string reason);
}
