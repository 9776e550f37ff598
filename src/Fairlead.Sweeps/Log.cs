using Microsoft.Extensions.Logging;

namespace Fairlead.Sweeps;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Sweep {Number} of '{Step}': {Done} trials, {Failed} of them failed, in {Seconds:0.0} s; best {Best}.")]
    public static partial void Swept(ILogger logger, int number, string step, int done, int failed, double seconds, string best);

    [LoggerMessage(2, LogLevel.Warning, "Sweep {Number} of '{Step}' ended before it was done: {Reason}")]
    public static partial void Ended(ILogger logger, int number, string step, string reason);

    [LoggerMessage(3, LogLevel.Information, "Sweep {Number} was under way when the control plane ended; 'fairlead sweep resume {Number}' goes on.")]
    public static partial void Recovered(ILogger logger, int number);
}
