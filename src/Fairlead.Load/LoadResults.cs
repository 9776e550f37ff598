using Fairlead.Load.Pacing;
using Fairlead.Load.Sending;

namespace Fairlead.Load;

/// <summary>Puts together what was asked and what was counted.</summary>
internal static class LoadResults
{
    public static LoadResult Describe(LoadOrder order, SendingEnd end, PreparedLoad prepared)
    {
        var counts = end.Counts;
        var ended = counts.Succeeded + counts.Failed;
        return new LoadResult
        {
            Service = order.Target.Service,
            Environment = order.Target.Environment,
            Target = order.Target.Url.ToString(),
            Transport = order.Transport,
            Data = order.Data,
            Method = prepared.Method,
            Path = prepared.Path,
            Profile = order.Profile.Name,
            Arrivals = order.Arrivals,
            Rate = order.Profile.Rate,
            Duration = end.Duration.TotalSeconds,
            Warmup = order.Warmup.TotalSeconds,
            Concurrency = order.Concurrency,
            Cancelled = end.IsCancelled,
            Requests = prepared.Requests.Count,
            RowsPerRequest = order.RowsPerRequest,
            RowsLeftOut = prepared.RowsLeftOut,
            Due = counts.Due,
            Sent = counts.Sent,
            Late = counts.Late,
            Unsent = counts.Unsent,
            Succeeded = counts.Succeeded,
            Failed = counts.Failed,
            Abandoned = counts.Abandoned,
            AchievedRate = end.Duration > TimeSpan.Zero ? end.SucceededInTime / end.Duration.TotalSeconds : 0,
            ErrorRate = ended == 0 ? 0 : (double)counts.Failed / ended,
            Latency = counts.Corrected,
            UncorrectedLatency = counts.Uncorrected,
            SendDelay = counts.SendDelay,
            Errors = counts.Errors,
            ServerGroups = counts.ServerGroups,
            WithoutPrediction = counts.WithoutPrediction,
            Reconnects = prepared.Transport.Reconnects,
            Seconds = counts.Seconds,
        };
    }
}
