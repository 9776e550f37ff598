using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Experiments;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Experiment '{Experiment}' runs on '{Service}' in '{Environment}', started by {User}.")]
    public static partial void Started(ILogger logger, string experiment, string service, string environment, string user);

    [LoggerMessage(LogLevel.Information, "Experiment '{Experiment}' is {Status}: {Reason}.")]
    public static partial void Ended(ILogger logger, string experiment, string status, string reason);

    [LoggerMessage(LogLevel.Information, "Measured {Count} experiments in {Milliseconds:0} ms.")]
    public static partial void Measured(ILogger logger, int count, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "Experiment '{Experiment}': {Alarm}")]
    public static partial void Alarm(ILogger logger, string experiment, string alarm);

    [LoggerMessage(LogLevel.Error, "Experiment '{Experiment}' could not be measured: {Message}")]
    public static partial void MeasuringFailed(ILogger logger, Exception exception, string experiment, string message);

    [LoggerMessage(LogLevel.Error, "The experiments could not be looked after: {Message}")]
    public static partial void RoundFailed(ILogger logger, Exception exception, string message);
}
