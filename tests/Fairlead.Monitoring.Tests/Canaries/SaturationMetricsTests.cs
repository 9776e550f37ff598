using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Canaries;
using Fairlead.Monitoring.Canaries.Metrics;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Tests.Canaries;

public sealed class SaturationMetricsTests : IAsyncDisposable
{
    private const int Looks = 120;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairlead-samples-");
    private CanaryBench bench = new();

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Judge_InstancesThatUseMoreOfTheMachine_AreFound()
    {
        for (var i = 0; i <= Looks; i++)
            bench.Samples.Take([Host(i)], At(i));

        var report = await bench.JudgeAsync("cpu.usage", "cpu.request", "memory.usage", "inference.time");

        Assert.All(["cpu.usage", "cpu.request", "memory.usage"], name => Assert.Equal(CanaryClassification.High, Of(report, name).Classification));
        Assert.Equal(CanaryClassification.Pass, Of(report, "inference.time").Classification);
        // 0.5 s in 5 s of two instances that answered 100 requests, and twice as much.
        Assert.Equal((0.05, 0.1), (Round(Of(report, "cpu.usage").Control.Mean), Round(Of(report, "cpu.usage").Experiment.Mean)));
        Assert.Equal((5, 10), (Round(Of(report, "cpu.request").Control.Mean), Round(Of(report, "cpu.request").Experiment.Mean)));
        Assert.InRange(Of(report, "memory.usage").Control.Mean!.Value, 100, 101);
        Assert.InRange(Of(report, "memory.usage").Experiment.Mean!.Value, 150, 151);
        Assert.Equal(2, Round(Of(report, "inference.time").Experiment.Mean));
    }

    [Fact]
    public async Task Judge_AfterANewStart_KnowsWhatTheOneBeforeKept()
    {
        var before = new HostSamples(folder.FullName, At(0));
        for (var i = 0; i < Looks / 2; i++)
            before.Take([Host(i)], At(i));
        // Killed in the middle of a line.
        await File.AppendAllTextAsync(Assert.Single(folder.GetFiles()).FullName, """{"at":"2026-11-02T12:05""", TestContext.Current.CancellationToken);
        var after = new HostSamples(folder.FullName, At(Looks / 2));
        for (var i = Looks / 2; i <= Looks; i++)
            after.Take([Host(i)], At(i));
        await UseAsync(new HostSamples(folder.FullName, At(Looks)));

        var report = await bench.JudgeAsync("queue", "cpu.usage");

        Assert.All(report.Verdict.Metrics, metric => Assert.Equal(60, metric.Control.Points + metric.Control.Missing));
        Assert.All(report.Verdict.Metrics, metric => Assert.InRange(metric.Experiment.Points, 59, 60));
        Assert.Equal(CanaryClassification.High, Of(report, "cpu.usage").Classification);
    }

    [Fact]
    public async Task Judge_WhatNobodyListenedToForLong_IsNeverGoodAndSaysWhen()
    {
        // From minute 2 to minute 6 of 10, nobody did.
        for (var i = 0; i <= Looks; i = i == 24 ? 72 : i + 1)
            bench.Samples.Take([Host(i, isSame: true)], At(i));

        var report = await bench.JudgeAsync("queue");

        Assert.NotEqual(CanaryOutcome.Pass, report.Verdict.Outcome);
        Assert.Equal(CanaryClassification.Error, Of(report, "queue").Classification);
        Assert.Contains("not enough data: hosts were not heard of for 40", Of(report, "queue").Reason, StringComparison.Ordinal);
        Assert.Contains("from 12:02:00 to 12:06:00 UTC", Of(report, "queue").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_AShortPause_IsNoGap()
    {
        for (var i = 0; i <= Looks; i = i == 24 ? 30 : i + 1)
            bench.Samples.Take([Host(i, isSame: true)], At(i));

        var report = await bench.JudgeAsync("queue", "cpu.usage");

        Assert.Equal(CanaryOutcome.Pass, report.Verdict.Outcome);
    }

    [Fact]
    public void Take_GroupsThatStandAlone_AreNotKept()
    {
        var samples = new HostSamples(folder.FullName, At(0));

        samples.Take([Host(0) with { Groups = [.. Host(0).Groups.Take(1)] }], At(0));

        Assert.Empty(samples.Of(CanaryBench.Group(CanaryBench.Live), At(0), At(1)));
        Assert.True(Assert.Single(folder.GetFiles()).Length < 100);
    }

    [Fact]
    public void Take_OldFiles_AreRemoved()
    {
        var samples = new HostSamples(folder.FullName, At(0));
        for (var hour = 0; hour < 24; hour++)
            samples.Take([Host(hour)], CanaryBench.Start + TimeSpan.FromHours(hour));

        Assert.InRange(folder.GetFiles().Length, 7, 8);
        Assert.Equal(7, new HostSamples(folder.FullName, CanaryBench.Start + TimeSpan.FromHours(23)).Of(CanaryBench.Group(CanaryBench.Live), default, DateTimeOffset.MaxValue).Count);
    }

    [Fact]
    public async Task Judge_TheInstancesOfAModel_AreRefused()
    {
        bench.Project = new ProjectDefinition { Name = "p", Services = [new ServiceDefinition { Name = "late", Model = "late" }] };

        var problem = await Assert.ThrowsAsync<FairleadException>(() => bench.JudgeAsync("memory.usage"));

        Assert.Contains("'memory.usage' is of the instances of command services, and 'late' has none", problem.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(int look) => CanaryBench.Start + TimeSpan.FromSeconds(5 * look);

    private static double Round(double? value) => Math.Round(value!.Value, 6);

    private static CanaryMetricVerdict Of(CanaryReport report, string metric) => report.Verdict.Metrics.Single(verdict => verdict.Name == metric);

    private static HostReport Host(int i, bool isSame = false) => new()
    {
        ProcessId = 1,
        Url = "http://localhost:1",
        StartedAt = CanaryBench.Start,
        AppliedVersion = 1,
        Answered = 0,
        Captured = 0,
        CaptureLost = 0,
        Groups = [Group(CanaryBench.Live, i, 1), Group(CanaryBench.Candidate, i, isSame ? 1 : 2)],
    };

    private static ServerGroupReport Group(int number, int i, int work) => new()
    {
        ServerGroup = CanaryBench.Group(number),
        Answered = i * 100L,
        Errors = 0,
        Shed = 0,
        Waiting = i % 3,
        InferenceSeconds = i * 0.2,
        ProcessorSeconds = i * 0.5 * work,
        MemoryBytes = (work + 1) * 100_000_000L + (i % 7 * 100_000),
        Instances = 2,
        Ready = 2,
    };

    private async Task UseAsync(HostSamples samples)
    {
        await bench.DisposeAsync();
        bench = new CanaryBench(samples);
    }
}
