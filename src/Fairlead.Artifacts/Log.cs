using Fairlead.Domain.Artifacts;
using Microsoft.Extensions.Logging;

namespace Fairlead.Artifacts;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Files} half-written files that a killed process left in '{Folder}'")]
    internal static partial void Swept(ILogger logger, int files, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The blob {Digest} was altered on disk; it is replaced by the right bytes, which were put again")]
    internal static partial void DamagedBlobReplaced(ILogger logger, Digest digest);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stat index '{Path}' could not be written; files will be hashed again: {Reason}")]
    internal static partial void StatIndexNotSaved(ILogger logger, string path, string reason);
}
