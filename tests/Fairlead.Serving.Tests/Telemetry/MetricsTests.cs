using System.Diagnostics;
using System.Net;

namespace Fairlead.Serving.Tests.Telemetry;

public sealed class MetricsTests
{
    private const string Promtool = "/usr/bin/promtool";

    [Fact]
    public async Task Get_Metrics_TellsRequestsByServerGroup()
    {
        await using var host = await StartAsync();

        var (type, text) = await GetAsync(host, accept: null);

        Assert.Equal("text/plain", type);
        Assert.Contains("fairlead_requests_total{environment=\"prod\",service=\"score\",server_group=\"score-prod-v001\",code=\"2xx\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("fairlead_requests_total{environment=\"prod\",service=\"score\",server_group=\"score-prod-v001\",code=\"4xx\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("fairlead_request_duration_seconds_count{environment=\"prod\",service=\"score\",server_group=\"score-prod-v001\"} 4\n", text, StringComparison.Ordinal);
        Assert.Contains("fairlead_rows_total{environment=\"prod\",service=\"score\",server_group=\"score-prod-v001\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("fairlead_captured_total 4\n", text, StringComparison.Ordinal);
        Assert.Contains("fairlead_capture_lost_total 0\n", text, StringComparison.Ordinal);
        Assert.Contains("fairlead_desired_state_version 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("trace_id", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OpenMetrics_HasTheTraceOfAnExample()
    {
        await using var host = await StartAsync();

        var (type, text) = await GetAsync(host, "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        Assert.Equal("application/openmetrics-text", type);
        Assert.Contains(" # {trace_id=\"0af7651916cd43dd8448eb211c80319c\"} ", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE fairlead_requests counter\n", text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Metrics_PassesPromtool()
    {
        Assert.SkipUnless(File.Exists(Promtool), "promtool is not installed.");
        await using var host = await StartAsync();
        var (_, text) = await GetAsync(host, accept: null);
        using var promtool = Process.Start(new ProcessStartInfo(Promtool, "check metrics") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var problems = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (promtool.ExitCode, problems));
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartServingAsync();
        for (var n = 0; n < 3; n++)
            (await host.InferAsync(1, 2, ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))).Dispose();
        (await host.PostAsync("/v2/models/score/infer", "{}")).Dispose();
        return host;
    }

    private static async Task<(string? Type, string Text)> GetAsync(TestHost host, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
