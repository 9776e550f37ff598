using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Drift.Watching;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Reported the drift of {Count} services in {Milliseconds:0} ms.")]
    public static partial void Reported(ILogger logger, int count, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "'{Service}' in '{Environment}' drifts strongly: {Fields}.")]
    public static partial void Drifted(ILogger logger, string service, string environment, string fields);

    [LoggerMessage(LogLevel.Warning, "The drift of '{Service}' in '{Environment}' could not be reported: {Message}")]
    public static partial void ReportFailed(ILogger logger, string service, string environment, string message);

    [LoggerMessage(LogLevel.Error, "The drift could not be looked for: {Message}")]
    public static partial void RoundFailed(ILogger logger, Exception exception, string message);
}
