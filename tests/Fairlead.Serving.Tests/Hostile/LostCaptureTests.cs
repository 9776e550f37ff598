using System.Net;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>A capture log that takes nothing, as on a full disk.</summary>
public sealed class LostCaptureTests
{
    [Fact]
    public async Task Infer_LogRefusesUnderLoadAndRecovers_AllAreAnsweredAndTheLostAreCounted()
    {
        await using var host = await TestHost.StartServingAsync();
        var answered = 0;
        async Task LoadAsync()
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
            {
                for (var n = 0; n < 50; n++)
                {
                    using var answer = await host.InferAsync(client, n);
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    Interlocked.Increment(ref answered);
                }
            })));
        }

        await LoadAsync();
        host.Log.Refuses = true;
        await LoadAsync();
        host.Log.Refuses = false;
        await LoadAsync();

        var report = host.Server.Report;
        Assert.Equal((600, 400, 200), (report.Answered, report.Captured, report.CaptureLost));
        Assert.Equal(answered, report.Captured + report.CaptureLost);
        var metrics = await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains(metrics.Split('\n'), line => line.StartsWith("fairlead_capture_lost_total", StringComparison.Ordinal) && line.EndsWith(" 200", StringComparison.Ordinal));
    }
}
