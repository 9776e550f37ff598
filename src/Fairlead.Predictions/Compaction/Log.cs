using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Compaction;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Compacted {Segments} log segments: {Records} records, {Rows} rows, {Files} files in {Milliseconds:0} ms.")]
    public static partial void Compacted(ILogger logger, int segments, long records, long rows, int files, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Log segment {Segment} is left as it is: {Reason}")]
    public static partial void SegmentDamaged(ILogger logger, string segment, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Log segment {Segment} holds {Count} tensors that are not what the model's signature says; they are NULL in the Parquet files.")]
    public static partial void TensorsMisfit(ILogger logger, string segment, long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Compaction failed and is tried again: {Reason}")]
    public static partial void CompactionFailed(ILogger logger, Exception cause, string reason);
}
