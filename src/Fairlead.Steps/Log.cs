using Microsoft.Extensions.Logging;

namespace Fairlead.Steps;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run} ended as {Status} after {Seconds:F3} s")]
    public static partial void RunEnded(ILogger logger, string run, string status, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A process of step {Step} (leader {Pid}) escaped and keeps its output open; the rest of the log is lost")]
    public static partial void OutputStaysOpen(ILogger logger, string step, int pid);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The working folder {Folder} could not be removed")]
    public static partial void FolderStays(ILogger logger, Exception exception, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Steps run without a sandbox, unless they ask for one: {Problem}")]
    public static partial void NoSandbox(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The control group {Folder} could not be removed: {Problem}")]
    public static partial void GroupStays(ILogger logger, string folder, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The container {Container} of a predecessor could not be removed: {Problem}")]
    public static partial void ContainerStays(ILogger logger, string container, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Recovered: {Lost} runs were lost, {Processes} of their processes ended, {Folders} working folders removed")]
    public static partial void Recovered(ILogger logger, int lost, int processes, int folders);
}
