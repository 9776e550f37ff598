using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Log;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Sealed {Segment} with {Records} records in {Bytes} bytes.")]
    public static partial void SegmentSealed(ILogger logger, string segment, long records, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealed {Segment}, which a process that died left open, with {Records} records in {Bytes} bytes.")]
    public static partial void SegmentRecovered(ILogger logger, string segment, long records, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Segment} ends at byte {Offset} in a record that was not finished, or not flushed before the machine stopped; it was never acknowledged as on the disk and is cut off.")]
    public static partial void TornTail(ILogger logger, string segment, long offset);

    [LoggerMessage(Level = LogLevel.Error, Message = "The log file {Path} {Problem}; it was set aside under this name.")]
    public static partial void SegmentSetAside(ILogger logger, string path, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot seal {Segment}: {Reason}. It is tried again.")]
    public static partial void SealFailed(ILogger logger, string segment, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "No log segment can be made in {Folder}: {Reason}. Predictions are answered but lost to the log until there is space.")]
    public static partial void SegmentRefused(ILogger logger, string folder, string reason);
}
