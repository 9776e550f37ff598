using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Projects;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Tests.Canaries;

/// <summary>Against the server of Debian's package.</summary>
public sealed class RealPrometheusTests : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private readonly CanaryBench bench = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairlead-prometheus-");

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Judge_WhatARealServerScraped_FindsTheSlowerSide()
    {
        Assert.SkipUnless(File.Exists(Program), "prometheus is not installed");
        var count = 0;
        using var scraped = new ScrapedServer(() => Metrics(Interlocked.Increment(ref count)));
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "prometheus.yml"), $"global: {{ scrape_interval: 200ms }}\nscrape_configs: [{{ job_name: host, static_configs: [{{ targets: ['{scraped.Address}'] }}] }}]\n", TestContext.Current.CancellationToken);
        var begun = TimeProvider.System.GetUtcNow();
        using var server = Process.Start(new ProcessStartInfo(Program)
        {
            ArgumentList =
            {
                $"--config.file={folder.FullName}/prometheus.yml", $"--storage.tsdb.path={folder.FullName}/data", string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"), "--log.level=error",
            },
        })!;
        try
        {
            // A point a second, for as many as the judge needs.
            await scraped.WaitForAsync(70, TestContext.Current.CancellationToken);
            bench.Project = new ProjectDefinition
            {
                Name = "p",
                Metrics = [new MetricDefinition { Name = "lag", Prometheus = new PrometheusQuery($"http://127.0.0.1:{port}", "sum(lag_seconds{server_group=\"${group}\"})"), Direction = MetricDirection.Increase }],
            };
            var from = DateTimeOffset.FromUnixTimeSeconds(begun.ToUnixTimeSeconds() + 2);
            var until = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

            var report = await bench.JudgeAsync(CanaryBench.Scope() with { Window = new CanaryWindow(from, until, TimeSpan.FromSeconds(1)) }, "lag");

            var metric = Assert.Single(report.Verdict.Metrics);
            Assert.Equal(CanaryClassification.High, metric.Classification);
            Assert.InRange(metric.Estimate!.Value, 1.9, 2.1);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string Metrics(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"# TYPE lag_seconds gauge\nlag_seconds{{server_group=\"late-prod-v001\"}} {1 + (0.01 * (count % 7))}\nlag_seconds{{server_group=\"late-prod-v002\"}} {3 + (0.01 * (count % 5))}\n");

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
