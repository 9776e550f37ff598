using Fairlead.Domain.Artifacts;
using Microsoft.Extensions.Logging;

namespace Fairlead.Artifacts;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Files} half-written files that a killed process left in '{Folder}'")]
    internal static partial void Swept(ILogger logger, int files, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The blob {Digest} was altered on disk; it is replaced by the right bytes, which were put again")]
    internal static partial void DamagedBlobReplaced(ILogger logger, Digest digest);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Blobs} blobs of {Bytes} bytes that no record needs; {Kept} are kept")]
    internal static partial void StoreCleaned(ILogger logger, int blobs, long bytes, int kept);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index of names could not be read and was moved to '{Folder}'; names appear again as artifacts are named")]
    internal static partial void IndexSetAside(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bytes of the blob {Digest} did not match; they were moved to '{Folder}'")]
    internal static partial void BlobSetAside(ILogger logger, Digest digest, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The registry is not asked for runs for a while, and steps are executed here: {Reason}")]
    internal static partial void ExchangeUnavailable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The registry is asked for runs again")]
    internal static partial void ExchangeAvailable(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run} was taken from {Origin}")]
    internal static partial void RunAdopted(ILogger logger, string run, string origin);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the registry has for the key {Key} is not used: {Reason}")]
    internal static partial void RunRefused(ILogger logger, Digest key, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run} was not offered to the registry: {Reason}")]
    internal static partial void RunNotOffered(ILogger logger, string run, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stat index '{Path}' could not be written; files will be hashed again: {Reason}")]
    internal static partial void StatIndexNotSaved(ILogger logger, string path, string reason);
}
