using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Files of predictions were replaced, but the old ones could not be deleted; it is tried again: {Reason}")]
    public static partial void SettlingFailed(ILogger logger, Exception cause, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished what an earlier process began in the predictions folder: {Retired} files deleted, {Shown} named, {Swept} leftovers swept.")]
    public static partial void SwitchRecovered(ILogger logger, int retired, int shown, int swept);

    [LoggerMessage(Level = LogLevel.Information, Message = "Merged {Before} files of predictions and outcomes into {After}: {Rows} rows, {Bytes} bytes in {Milliseconds:0} ms.")]
    public static partial void Merged(ILogger logger, int before, int after, long rows, long bytes, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Small files of {Folder} are not merged while the disk has {Free} bytes left and the merging may need {Needed}.")]
    public static partial void MergeNeedsSpace(ILogger logger, string folder, long free, long needed);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} is damaged: its bytes are not those that were written. It is left as it is; see 'fairlead fsck', then set it aside by 'fairlead predictions quarantine'.")]
    public static partial void FileDamaged(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention removed {Predictions} predictions of {Service} in {Environment} from before {Day}, and {Outcomes} outcomes of them: {Files} files.")]
    public static partial void Expired(ILogger logger, long predictions, string service, string environment, DateOnly day, long outcomes, int files);

    [LoggerMessage(Level = LogLevel.Error, Message = "Keeping the predictions in order failed and is tried again: {Reason}")]
    public static partial void KeepingFailed(ILogger logger, Exception cause, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasure {Number} is complete: {Predictions} predictions and {Outcomes} outcomes removed, {Files} files rewritten.")]
    public static partial void Erased(ILogger logger, int number, long predictions, long outcomes, int files);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasure {Number} is not complete and is taken up again: {Reason}")]
    public static partial void ErasureWaits(ILogger logger, int number, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Every byte of {Files} files of predictions and {Segments} log segments was read; {Damaged} are damaged.")]
    public static partial void Checked(ILogger logger, int files, int segments, int damaged);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} is damaged: {Problem}. Put a good copy in its place, or let queries go on without it by 'fairlead predictions quarantine'.")]
    public static partial void DamageFound(ILogger logger, string path, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The predictions could not be looked through for damage; it is tried again: {Reason}")]
    public static partial void CheckFailed(ILogger logger, Exception cause, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was set aside; {Rows} rows are missing until it is restored.")]
    public static partial void Quarantined(ILogger logger, string path, long rows);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} is back, with {Rows} rows.")]
    public static partial void Restored(ILogger logger, string path, long rows);
}
