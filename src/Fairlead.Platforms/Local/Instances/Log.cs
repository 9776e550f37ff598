using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local.Instances;

internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Information, "Instance {Number} of {ServerGroup} started as process {Label} on port {Port}; in a sandbox: {IsSandboxed}.")]
    public static partial void InstanceStarted(ILogger logger, string serverGroup, int number, string label, int port, bool isSandboxed);

    [LoggerMessage(21, LogLevel.Information, "Instance {Number} of {ServerGroup}: {Sentence}")]
    public static partial void InstanceEnded(ILogger logger, string serverGroup, int number, string sentence);

    [LoggerMessage(22, LogLevel.Warning, "Instance {Number} of {ServerGroup}, process {Label}, did not end in time and is killed.")]
    public static partial void InstanceKilled(ILogger logger, string serverGroup, int number, string label);

    [LoggerMessage(23, LogLevel.Warning, "Instance {Number} of {ServerGroup}, process {Label}, is gone, but something still holds its output open; it is no longer read.")]
    public static partial void OutputStaysOpen(ILogger logger, string serverGroup, int number, string label);

    [LoggerMessage(24, LogLevel.Warning, "The folder {Folder} cannot be removed: {Reason}")]
    public static partial void FolderStays(ILogger logger, string folder, string reason);

    [LoggerMessage(25, LogLevel.Warning, "Process {Pid} of {Instance} outlived its host and was ended.")]
    public static partial void LeftoverEnded(ILogger logger, string instance, int pid);

    [LoggerMessage(26, LogLevel.Warning, "Command services run without a sandbox: {Reason}")]
    public static partial void NoSandbox(ILogger logger, string reason);

    [LoggerMessage(27, LogLevel.Warning, "The code in {Folder} is not what the release holds and is taken from the store again.")]
    public static partial void CodeAltered(ILogger logger, string folder);
}
