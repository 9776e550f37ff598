using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Datasets;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The dataset version {Version} has no profile: {Reason}")]
    public static partial void NotDescribed(ILogger logger, string version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The profile of the dataset version {Version} was not made")]
    public static partial void DescriptionFailed(ILogger logger, Exception exception, string version);
}
