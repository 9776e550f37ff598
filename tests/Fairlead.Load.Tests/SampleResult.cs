using Fairlead.Load.Measuring;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;

namespace Fairlead.Load.Tests;

internal static class SampleResult
{
    public static LoadResult With(LatencySummary latency) => new()
    {
        Service = "late",
        Environment = "prod",
        Target = "http://localhost:7071/",
        Transport = LoadTransport.Rest,
        Data = "sample",
        Profile = "steady",
        Arrivals = ArrivalSpacing.Even,
        Rate = 2000,
        Duration = 0.5,
        Warmup = 0,
        Concurrency = 64,
        Cancelled = false,
        Requests = 1,
        RowsPerRequest = 1,
        RowsLeftOut = 0,
        Due = latency.Count,
        Sent = latency.Count,
        Late = 0,
        Unsent = 0,
        Succeeded = latency.Count,
        Failed = 0,
        Abandoned = 0,
        AchievedRate = 2000,
        ErrorRate = 0,
        Latency = latency,
        UncorrectedLatency = latency with { P99 = latency.P99 / 100 },
        SendDelay = latency with { P99 = 0 },
        Errors = [new LoadError("503", 1, "The service is overloaded.")],
        ServerGroups = [new ServerGroupShare("late-prod-v001", latency.Count, 1)],
        WithoutPrediction = 0,
        Reconnects = 0,
        Seconds = [new LoadSecond(0, latency.Count, latency.Count, latency.Count, 0, latency.P50, latency.P99)],
    };
}
