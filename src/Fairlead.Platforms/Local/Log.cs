using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Host started as process {Pid}; it will listen on {Url}.")]
    public static partial void HostStarted(this ILogger logger, int pid, string url);

    [LoggerMessage(2, LogLevel.Information, "Host process {Pid} on {Url} runs already and was adopted.")]
    public static partial void HostAdopted(this ILogger logger, int pid, string url);

    [LoggerMessage(3, LogLevel.Information, "Host process {Pid} on {Url} runs already, but {Reason}; it is replaced.")]
    public static partial void HostReplaced(this ILogger logger, int pid, string url, string reason);

    [LoggerMessage(4, LogLevel.Error, "Host process {Pid} ended; crash {Crashes} in a row, next start in {Pause}. Its log is {LogFile}.")]
    public static partial void HostCrashed(this ILogger logger, int pid, int crashes, TimeSpan pause, string logFile);

    [LoggerMessage(5, LogLevel.Warning, "Host process {Pid} on {Url} does not answer.")]
    public static partial void HostSilent(this ILogger logger, int pid, string url);

    [LoggerMessage(6, LogLevel.Information, "Host process {Pid} on {Url} answers.")]
    public static partial void HostHealthy(this ILogger logger, int pid, string url);

    [LoggerMessage(7, LogLevel.Information, "Host process {Pid} stopped; by itself: {ByItself}.")]
    public static partial void HostStopped(this ILogger logger, int pid, bool byItself);

    [LoggerMessage(8, LogLevel.Error, "The host could not be started; next try in {Pause}.")]
    public static partial void HostNotStarted(this ILogger logger, TimeSpan pause, Exception exception);
}
