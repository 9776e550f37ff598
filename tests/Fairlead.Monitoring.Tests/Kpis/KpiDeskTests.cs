using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Kpis;
using Fairlead.Monitoring.Tests.Experiments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Monitoring.Tests.Kpis;

public sealed class KpiDeskTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ExperimentBench bench = new();
    private readonly FixedWorkspace workspace = new();
    private readonly KpiDesk desk;

    public KpiDeskTests() => desk = new KpiDesk(workspace, bench.Analysis, bench.Records, bench.Time, NullLogger<KpiDesk>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task RunOnce_AnAverage_HasValuesByServiceGroupAndSegment()
    {
        Define(new KpiDefinition { Name = "high", Sql = "avg(output.score)", By = ["unit", "input.distance > 5"], Goal = Goal(ThresholdOperator.AtLeast, 4), MinRows = 2 });
        Add(1, "a", 2, 3);
        Add(2, "b", 10);
        bench.Add(2, "shadow", 99, Before(5), role: PredictionRole.Shadow);
        bench.Add(1, "early", 99, Before(60 * 25));

        var point = await CurrentAsync("high");

        Assert.Equal(
            [
                "/ 5 3 met", "late-prod-v001/ 2.5 2 missed", "late-prod-v002/ 10 1 unknown", "unit=a 2.5 2 missed", "unit=b 10 1 unknown",
                "input.distance > 5=false 2.5 2 missed", "input.distance > 5=true 10 1 unknown",
            ],
            point.Values.Select(Text));
        Assert.False(point.IsProvisional);
        Assert.Null(point.Problem);
    }

    [Fact]
    public async Task RunOnce_AnyExpression_HasTheSameValueAsTheEngine()
    {
        Define(new KpiDefinition { Name = "middle", Sql = "2 * median(output.score)" }, new KpiDefinition { Name = "rows", Sql = "count(*)" }, new KpiDefinition { Name = "share", Sql = "sum(output.score) / count(*)" });
        for (var i = 0; i < 200; i++)
            bench.Add(1, $"u{i}", i, Before(10));

        var middle = (await CurrentAsync("middle")).Values[0];

        Assert.Equal(199, middle.Value);
        Assert.True(middle.Low < 199 && middle.High > 199);
        var rows = (await CurrentAsync("rows")).Values[0];
        Assert.Equal((200.0, 200L), (rows.Value, rows.Rows));
        var share = (await CurrentAsync("share")).Values[0];
        Assert.Equal(99.5, share.Value!.Value, 1e-9);
        // The standard error of a mean of 0 … 199 is 4.1.
        Assert.InRange(share.High!.Value - share.Low!.Value, 12, 20);
    }

    [Fact]
    public async Task RunOnce_LateOutcomes_ComputesTheirWindowsAgain()
    {
        Define(new KpiDefinition { Name = "late", Sql = "avg(outcome.late)", Window = Hour, OutcomeDelay = 2 * Hour, MinRows = 1, Goal = Goal(ThresholdOperator.Below, 0.3) });
        // 12:00 is a full hour: the windows are 10 to 11 and 11 to 12.
        var old = bench.Add(1, "a", 1, Before(90));
        var older = bench.Add(1, "b", 1, Before(95));
        bench.Add(1, "c", 1, Before(30));
        await bench.PostAsync([(old, """{"late": 1}""", Before(1))]);
        await desk.RunOnceAsync(Token);

        Assert.Equal([(1.0, true), (null, true)], await HistoryAsync("late"));

        await bench.PostAsync([(older, """{"late": 0}""", bench.Time.GetUtcNow())]);
        bench.Time.Advance(Hour + TimeSpan.FromMinutes(1));
        Assert.True(await desk.RunOnceAsync(Token) > 1);

        Assert.Equal([(0.5, false), (null, true)], await HistoryAsync("late"));
    }

    [Fact]
    public async Task RunOnce_NothingNew_ComputesNothing()
    {
        Define(new KpiDefinition { Name = "rows", Sql = "count(*)" });
        Add(1, "a", 1);
        Assert.Equal(1, await desk.RunOnceAsync(Token));

        bench.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, await desk.RunOnceAsync(Token));
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await desk.RunOnceAsync(Token));
    }

    [Theory]
    [InlineData("output.score", "write an aggregate")]
    [InlineData("avg(output.scroe)", "scroe")]
    [InlineData("avg(outcome.late)", "known once there is one")]
    [InlineData("max(unit)", "no number")]
    [InlineData("avg(", "does not parse")]
    [InlineData("count(*)), (1", "not accepted")]
    [InlineData("(select count(*) from read_csv('/etc/passwd'))", "not allowed")]
    [InlineData("(select count(*) from '/etc/passwd')", "/etc/passwd")]
    public async Task RunOnce_AnExpressionThatCannotBe_IsSaidAndTheOthersGoOn(string sql, string expected)
    {
        Define(new KpiDefinition { Name = "bad", Sql = sql }, new KpiDefinition { Name = "good", Sql = "count(*)" });
        Add(1, "a", 1);

        var point = await CurrentAsync("bad");

        Assert.Contains(expected, point.Problem);
        Assert.Contains("'bad'", point.Problem);
        Assert.DoesNotContain('\n', point.Problem!);
        Assert.Equal(1, (await CurrentAsync("good")).Values[0].Value);
    }

    [Fact]
    public async Task RunOnce_ManySegments_KeepsTheCommonOnes()
    {
        Define(new KpiDefinition { Name = "rows", Sql = "count(*)", By = ["unit"] });
        for (var i = 0; i < 60; i++)
            Add(1, $"u{i}", 1);
        Add(1, "u7", 1, 1);

        var segments = (await CurrentAsync("rows")).Values.Where(value => value.By is not null).ToList();

        Assert.Equal(KpiReader.MostSegments + 1, segments.Count);
        Assert.Equal(3, segments.Single(value => value.Segment == "u7").Value);
        Assert.Equal(10, segments.Single(value => value.Segment == KpiReader.OtherSegments).Value);
    }

    [Fact]
    public async Task RunOnce_ABrokenProjectFile_GoesOnWithTheLastOne()
    {
        Define(new KpiDefinition { Name = "rows", Sql = "count(*)" });
        await desk.RunOnceAsync(Token);
        workspace.Failure = FairleadException.Invalid("1:1: broken");
        Add(1, "a", 1);

        await desk.RunOnceAsync(Token);

        workspace.Failure = null;
        Assert.Equal(1, (await desk.FindAsync("rows", default, Token)).Current!.Values[0].Value);
    }

    [Fact]
    public async Task RunOnce_AnotherExpression_StartsAnotherHistory()
    {
        Define(new KpiDefinition { Name = "k", Sql = "count(*)", Window = Hour });
        bench.Add(1, "a", 3, Before(90));
        await desk.RunOnceAsync(Token);

        Define(new KpiDefinition { Name = "k", Sql = "max(output.score)", Window = Hour });
        await desk.RunOnceAsync(Token);

        Assert.Equal([(3.0, false)], await HistoryAsync("k"));
    }

    [Fact]
    public async Task Find_AnUnknownName_SaysWhichThereAre()
    {
        Define(new KpiDefinition { Name = "caught", Sql = "count(*)" });

        var e = await Assert.ThrowsAsync<FairleadException>(() => desk.FindAsync("cought", default, Token));

        Assert.Equal(ProblemKind.NotFound, e.Kind);
        Assert.Contains("'caught'", e.Message);
    }

    private static Threshold Goal(ThresholdOperator comparison, double value) => new(comparison, value);

    private static string Text(KpiValue value) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(value.By is { } by ? $"{by}={value.Segment}" : $"{value.ServerGroup}/")} {value.Value} {value.Rows} {value.Verdict.ToString().ToLowerInvariant()}");

    private DateTimeOffset Before(int minutes) => bench.Time.GetUtcNow() - TimeSpan.FromMinutes(minutes);

    private void Define(params KpiDefinition[] kpis) => workspace.Project = new ProjectDefinition { Name = "p", Kpis = kpis };

    private void Add(int arm, string unit, params float[] scores)
    {
        foreach (var score in scores)
            bench.Add(arm, unit, score, Before(5));
    }

    private async Task<KpiPoint> CurrentAsync(string name)
    {
        await desk.RunOnceAsync(Token);
        return (await desk.FindAsync(name, default, Token)).Current!;
    }

    private async Task<(double?, bool)[]> HistoryAsync(string name) =>
        [.. (await desk.FindAsync(name, default, Token)).History.Select(point => (point.Values[0].Value, point.IsProvisional))];
}
