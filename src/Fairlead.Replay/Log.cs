using Microsoft.Extensions.Logging;

namespace Fairlead.Replay;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Replay {Number} of '{Service}' through {Target}: {Rows} rows in {Seconds:0.0} s.")]
    public static partial void Replayed(ILogger logger, int number, string service, string target, long rows, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "Replay {Number} of '{Service}' ended before it was done: {Reason} 'fairlead replay --resume {Number}' goes on.")]
    public static partial void Ended(ILogger logger, int number, string service, string reason);

    [LoggerMessage(3, LogLevel.Information, "Replay {Number} was under way when the control plane ended; 'fairlead replay --resume {Number}' goes on.")]
    public static partial void Recovered(ILogger logger, int number);
}
