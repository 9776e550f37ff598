using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Alert '{Alert}' ({Severity}) fires for '{Target}': {Condition} holds with {Value}.")]
    public static partial void Fired(ILogger logger, string alert, AlertSeverity severity, string target, string condition, double? value);

    [LoggerMessage(LogLevel.Information, "Alert '{Alert}' is resolved for '{Target}'.")]
    public static partial void Resolved(ILogger logger, string alert, string target);

    [LoggerMessage(LogLevel.Information, "Alert '{Alert}' is silenced until {Until} by {User}: {Reason}")]
    public static partial void Silenced(ILogger logger, string alert, DateTimeOffset until, string user, string reason);

    [LoggerMessage(LogLevel.Warning, "Alert '{Alert}' cannot be looked at: {Message}")]
    public static partial void RuleFailed(ILogger logger, string alert, string message);

    [LoggerMessage(LogLevel.Error, "The alerts could not be looked after: {Message}")]
    public static partial void RoundFailed(ILogger logger, Exception exception, string message);
}
