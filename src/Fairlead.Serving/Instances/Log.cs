using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Instances;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Instance {Number} of {ServerGroup}, {Label}, is ready.")]
    public static partial void InstanceReady(ILogger logger, string serverGroup, int number, string? label);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {Number} of {ServerGroup}, {Label}, takes no requests for now: {Reason}")]
    public static partial void InstanceEjected(ILogger logger, string serverGroup, int number, string? label, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {Number} of {ServerGroup}, {Label}, does not get well and is ended: {Reason}")]
    public static partial void InstanceHopeless(ILogger logger, string serverGroup, int number, string label, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance {Number} of {ServerGroup} is down and starts again in {Pause}. {Sentence}")]
    public static partial void InstanceDown(ILogger logger, string serverGroup, int number, string sentence, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "{ServerGroup} is ready with {Instances} instances.")]
    public static partial void SetReady(ILogger logger, string serverGroup, int instances);

    [LoggerMessage(Level = LogLevel.Information, Message = "{ServerGroup} and its instances have ended.")]
    public static partial void SetStopped(ILogger logger, string serverGroup);
}
