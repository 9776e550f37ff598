using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Kpis;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Debug, "Computed {Count} points of KPIs in {Milliseconds:0} ms.")]
    public static partial void Computed(ILogger logger, int count, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "KPI '{Kpi}' could not be computed: {Message}")]
    public static partial void KpiFailed(ILogger logger, string kpi, string message);

    [LoggerMessage(LogLevel.Error, "The KPIs could not be looked after: {Message}")]
    public static partial void RoundFailed(ILogger logger, Exception exception, string message);
}
