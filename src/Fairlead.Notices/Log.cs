using Microsoft.Extensions.Logging;

namespace Fairlead.Notices;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Channel '{Channel}' did not take message {Number} (attempt {Attempts}): {Message}")]
    public static partial void NotDelivered(ILogger logger, string channel, int number, int attempts, string message);

    [LoggerMessage(LogLevel.Error, "Message {Number} to channel '{Channel}' is given up after {Attempts} attempts: {Message}")]
    public static partial void GivenUp(ILogger logger, string channel, int number, int attempts, string message);

    [LoggerMessage(LogLevel.Error, "Channel '{Channel}' could not be looked after: {Message}")]
    public static partial void LaneFailed(ILogger logger, Exception exception, string channel, string message);

    [LoggerMessage(LogLevel.Error, "What there is to tell could not be looked after: {Message}")]
    public static partial void RoundFailed(ILogger logger, Exception exception, string message);

    [LoggerMessage(LogLevel.Error, "What there is to tell of {Name} cannot be read and is left out: {Message}")]
    public static partial void NotReadable(ILogger logger, Exception exception, string name, string message);
}
