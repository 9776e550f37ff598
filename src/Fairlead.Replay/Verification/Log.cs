using Microsoft.Extensions.Logging;

namespace Fairlead.Replay.Verification;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Verified {Predictions} predictions of {Services} services of yesterday; {Mismatches} do not come out again as they were answered.")]
    public static partial void Verified(ILogger logger, int predictions, int services, int mismatches);

    [LoggerMessage(2, LogLevel.Error, "Predictions of '{Service}' in '{Environment}' do not come out again as they were answered: {Different} differ, the model of {Damaged} is damaged; see 'fairlead verify show {Number}'.")]
    public static partial void Mismatch(ILogger logger, string service, string environment, int different, int damaged, int number);

    [LoggerMessage(3, LogLevel.Warning, "Yesterday's predictions could not be verified: {Reason}")]
    public static partial void NightFailed(ILogger logger, Exception exception, string reason);
}
