using Fairlead.Domain.Deployments;
using Fairlead.Statistics.Canary;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Canaries;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Canary {Number}: '{Experiment}' beside '{Control}' is {Outcome}: {Reason}")]
    public static partial void Judged(ILogger logger, int number, ServerGroupName experiment, ServerGroupName control, CanaryOutcome outcome, string reason);

    [LoggerMessage(LogLevel.Warning, "The metric '{Metric}' of canary '{Experiment}' cannot be read: {Message}")]
    public static partial void MetricFailed(ILogger logger, string metric, ServerGroupName experiment, string message);

    [LoggerMessage(LogLevel.Error, "What hosts report could not be sampled: {Message}")]
    public static partial void SamplingFailed(ILogger logger, Exception exception, string message);
}
