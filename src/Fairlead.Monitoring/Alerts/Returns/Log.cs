using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts.Returns;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Alert '{Alert}' fires for '{Target}' and takes releases back: {Kind}. {Reason}")]
    public static partial void Returned(ILogger logger, string alert, string target, AlertReturnKind kind, string reason);

    [LoggerMessage(LogLevel.Error, "Alerts that take releases back could not be looked after: {Message}")]
    public static partial void RoundFailed(ILogger logger, Exception exception, string message);
}
