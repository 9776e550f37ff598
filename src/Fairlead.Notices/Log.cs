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

    [LoggerMessage(LogLevel.Warning, "Channel '{Channel}': the mail server takes no mail for {Addresses}; remove them, or mend them")]
    public static partial void AddressesRefused(ILogger logger, string channel, string addresses);

    [LoggerMessage(LogLevel.Information, "Channel '{Channel}' is on {Server} as '{Nick}'")]
    public static partial void Joined(ILogger logger, string channel, string server, string nick);

    [LoggerMessage(LogLevel.Warning, "Channel '{Channel}' lost its connection: {Message}")]
    public static partial void Lost(ILogger logger, string channel, string message);

    [LoggerMessage(LogLevel.Warning, "A command by channel '{Channel}' could not be answered: {Message}")]
    public static partial void NotAnswered(ILogger logger, Exception exception, string channel, string message);
}
