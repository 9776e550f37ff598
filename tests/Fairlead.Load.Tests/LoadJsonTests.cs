using System.Text.Json;
using Fairlead.Load.Judging;
using Fairlead.Load.Measuring;

namespace Fairlead.Load.Tests;

public sealed class LoadJsonTests
{
    /// <summary>A stage and people's scripts read it: names are only added.</summary>
    [Fact]
    public void Serialize_Result_HasTheNamesThatStay()
    {
        var result = SampleResult.With(new LatencySummary { Count = 1000, Mean = 0.004, P50 = 0.003, P90 = 0.006, P95 = 0.009, P99 = 0.02, P999 = 0.05, Max = 0.3 }) with { Environment = null };
        var judged = result with { Checks = [LoadCheck.Parse("p99 < 20ms").Judge(result)] };
        Assert.Equal(
            """
            {"service":"late","target":"http://localhost:7071/","transport":"rest","data":"sample","profile":"steady","arrivals":"even","rate":2000,"duration":0.5,"warmup":0,"concurrency":64,"cancelled":false,"requests":1,"rowsPerRequest":1,"rowsLeftOut":0,"due":1000,"sent":1000,"late":0,"unsent":0,"succeeded":1000,"failed":0,"abandoned":0,"achievedRate":2000,"errorRate":0,
            "latency":{"count":1000,"mean":0.004,"p50":0.003,"p90":0.006,"p95":0.009,"p99":0.02,"p999":0.05,"max":0.3},
            "uncorrectedLatency":{"count":1000,"mean":0.004,"p50":0.003,"p90":0.006,"p95":0.009,"p99":0.0002,"p999":0.05,"max":0.3},
            "sendDelay":{"count":1000,"mean":0.004,"p50":0.003,"p90":0.006,"p95":0.009,"p99":0,"p999":0.05,"max":0.3},
            "errors":[{"status":"503","count":1,"message":"The service is overloaded."}],
            "serverGroups":[{"name":"late-prod-v001","count":1000,"share":1}],"withoutPrediction":0,"reconnects":0,
            "seconds":[{"second":0,"due":1000,"sent":1000,"succeeded":1000,"failed":0,"p50":0.003,"p99":0.02}],
            "checks":[{"check":"p99 < 20ms","value":0.02,"passed":false,"message":"The check 'p99 < 20ms' does not hold: p99 is 20 ms."}],"passed":false}
            """.Replace("\n", "", StringComparison.Ordinal),
            JsonSerializer.Serialize(judged, LoadJson.Default.LoadResult).Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    [Fact]
    public void Serialize_ResultOfACommand_SaysHowItWasAsked()
    {
        var result = SampleResult.With(new LatencySummary { Count = 1, Mean = 1, P50 = 1, P90 = 1, P95 = 1, P99 = 1, P999 = 1, Max = 1 }) with { Data = null, Method = "GET", Path = "/score" };
        Assert.Contains("\"transport\":\"rest\",\"method\":\"GET\",\"path\":\"/score\",\"profile\"", JsonSerializer.Serialize(result, LoadJson.Default.LoadResult), StringComparison.Ordinal);
    }
}
