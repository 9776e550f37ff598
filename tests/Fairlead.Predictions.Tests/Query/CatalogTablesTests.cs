using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Tracing;

namespace Fairlead.Predictions.Tests.Query;

public sealed class CatalogTablesTests : IDisposable
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(12_000);
    private readonly Workbench bench = new();
    private readonly MemoryCatalogs catalogs = new();

    public CatalogTablesTests() => bench.Tables = new CatalogTables(catalogs, catalogs, catalogs, catalogs, catalogs);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Run_OneStatement_JoinsAnAnswerToTheParameterThatMadeIt()
    {
        foreach (var (number, l2) in new[] { (1, "0.5"), (2, "0.01") })
        {
            catalogs.Runs.Add(Run(number, l2));
            catalogs.ServerGroups.Add(Group(number));
            for (var i = 0; i < number; i++)
                bench.AppendFlight(Workbench.Flights(number), "SFO", 8, number);
        }

        Assert.Equal(
            [[0.01, 2L, 2.0], [0.5, 1L, 1.0]],
            await bench.AskAsync(
                """
                select r.params.l2 as l2, count(*), avg(s.output.late)
                from scored s join server_groups g using (server_group) join runs r using (run)
                group by all order by l2
                """));
        Assert.Equal([["train-1", 0.625], ["train-2", 0.625]], await bench.AskAsync("select run, value from metrics where name = 'auc' order by run"));
        Assert.Equal(2L, await bench.AskOneAsync("select count(*) from server_groups where weight = 0.25 and environment = 'prod' and status = 'enabled' and runs = [run]"));
        Assert.Equal(90.0, await bench.AskOneAsync("select seconds from runs where run = 'train-2' and step = 'train' and number = 2"));
    }

    [Fact]
    public async Task Run_EmptyCatalog_TablesHaveTheirColumns()
    {
        foreach (var name in CatalogTables.Names)
            Assert.Empty(await bench.AskAsync($"select * from {name}"));
        Assert.Equal(0L, await bench.AskOneAsync("select count(*) from runs where params->>'l2' = '1' and started > now()"));
        Assert.Superset(CatalogTables.Names.ToHashSet(), (await bench.AskAsync("show tables")).Select(row => (string)row[0]!).ToHashSet());
    }

    [Fact]
    public async Task Run_ReleasesModelsAndDatasets_TellTheirNumbers()
    {
        var version = Version(1);
        catalogs.Models.Add(version);
        catalogs.Releases.Add(new Release
        {
            Name = new ReleaseName(3),
            Commit = new CommitState("0123456789abcdef", "main", null),
            ProjectFile = Artifact("file"),
            Services = [new ReleasedService { Name = "late", Model = version }],
            CreatedAt = At,
            CreatedBy = "ann",
        });
        catalogs.Datasets.Add(new DatasetVersion
        {
            Dataset = "flights", Number = 4, Artifact = Artifact("data"), Path = "data.parquet", RegisteredAt = At, RegisteredBy = "ann", Commit = new CommitState("0123", null, Digest.Of("x"u8)),
        });
        Assert.Equal(["v003", 3L, "0123456789abcdef", "main", false], (await bench.AskAsync("select release, number, \"commit\", branch, dirty from releases"))[0]);
        Assert.Equal("late", await bench.AskOneAsync("select services[1] from releases"));
        Assert.Equal(["late", 1L, "train-1"], (await bench.AskAsync("select model, model_version, run from models"))[0]);
        Assert.Equal(["flights", 4L, "2002-11-09T00:00:00Z"], (await bench.AskAsync("select dataset, dataset_version, registered from datasets"))[0]);
    }

    [Fact]
    public async Task Run_Chain_NamesEveryRun()
    {
        catalogs.ServerGroups.Add(Group(1) with
        {
            Service = new ReleasedService
            {
                Name = "late",
                Chain = new ReleasedChain(new Signature([], []), Digest.Of("c"u8), [new ReleasedStage(Version(1), null), new ReleasedStage(null, "select 1"), new ReleasedStage(Version(2), null)]),
            },
        });
        var row = (await bench.AskAsync("select model, model_version, run, runs from server_groups"))[0];
        Assert.Equal(["late@1 + late@2", null, null], row[..3]);
        Assert.Equal(["train-1", "train-2"], Assert.IsType<object?[]>(row[3]));
    }

    [Fact]
    public async Task Run_OverRuns_HasParametersAndMetricsAsColumnsWhateverTheirNames()
    {
        catalogs.Runs.Add(Run(1, "1") with { Metrics = new Dictionary<string, double> { ["AUC"] = 0.5, ["auc"] = 0.7, ["__proto__"] = 1, ["a.b \"c\" 'd'"] = 2 } });
        catalogs.Runs.Add(Run(2, "0.5") with { Variant = "customer=acme" });
        catalogs.Runs.Add(Run(3, "\"none\"") with { Parameters = new Dictionary<string, JsonElement> { ["deep"] = JsonDocument.Parse("true").RootElement, ["l2"] = JsonDocument.Parse("7").RootElement } });

        Assert.Equal([["train-3", 7.0, true], ["train-1", 1.0, null], ["train-2", 0.5, null]], await bench.AskAsync("select run, params.l2, params.deep from runs order by params.l2 desc"));
        // Of two names that differ in capitals only, the second has a number.
        Assert.Equal([["train-1", 0.5, 0.7, 1.0, 2.0]], await bench.AskAsync("select run, metrics.auc, metrics.auc_1, metrics.\"__proto__\", metrics.\"a.b \"\"c\"\" 'd'\" from runs where number = 1"));
        Assert.Equal("customer=acme", await bench.AskOneAsync("select variant from runs where metrics.auc is null and number = 2"));
        Assert.Equal(3L, await bench.AskOneAsync("select count(*) from runs where tags = [] and not unsteady and verdict is null"));
        Assert.Contains("auc", (await Assert.ThrowsAsync<Fairlead.Domain.Problems.FairleadException>(() => bench.AskAsync("select metrics.aux from runs"))).Message);
    }

    [Theory]
    [InlineData("metrics.auc = 0.625 and params.l2 = 1", true)]
    [InlineData("\"metrics\" . \"auc\" = 0.625", true)]
    [InlineData("metrics.\"/odd.name\" = 1", true)]
    [InlineData("(metrics)['auc'] = 0.625", true)]
    [InlineData("struct_extract(metrics, 'au' || 'c') = 0.625", true)]
    [InlineData("params = {'l2': 1}", true)]
    [InlineData("started_by = 'ann' and \"commit\" = '0123' and tags = [] and outputs is not null", true)]
    [InlineData("metrics.auc is null", false)]
    public async Task Run_OfWhatNamesItsColumns_SeesThemAll(string condition, bool expected)
    {
        catalogs.Runs.Add(Run(1, "1"));
        Assert.Equal(expected ? 1 : 0, (await bench.AskAsync($"select run from runs where ({condition}\n)", new QueryOptions { Readable = ["runs"] })).Count);
    }

    [Fact]
    public async Task Run_OverThousandsOfNames_HasThoseOfTheStatement()
    {
        catalogs.Runs.Add(Run(1, "1") with { Metrics = Enumerable.Range(0, 2000).ToDictionary(number => $"m{number}", number => (double)number) });
        Assert.Equal([1234.0, 7.0], (await bench.AskAsync("select metrics.m1234, metrics.m7 from runs"))[0]);
    }

    [Theory]
    [InlineData("true) union all (select id::varchar from predictions")]
    [InlineData("run in (select service from predictions)")]
    [InlineData("exists (from read_csv('/etc/passwd'))")]
    [InlineData("exists (from '/etc/passwd')")]
    [InlineData("exists (from duckdb_views())")]
    [InlineData("exists (show tables)")]
    [InlineData("true); drop table runs; select (1")]
    [InlineData("true); attach '/tmp/x.db'; select (1")]
    [InlineData("getenv('HOME') = ''")]
    public async Task Run_OfWhatMayReadRunsAlone_RefusesAllElse(string condition)
    {
        bench.AppendFlight(Workbench.Flights(1), "SFO", 8, 1);
        catalogs.Runs.Add(Run(1, "1"));
        await Assert.ThrowsAsync<Fairlead.Domain.Problems.FairleadException>(() => bench.AskAsync($"select run from runs where ({condition}\n)", new QueryOptions { Readable = ["runs"] }));
    }

    private static Run Run(int number, string l2) => new()
    {
        Id = new RunId("train", number),
        Key = Digest.Of("k"u8),
        KeyParts = [],
        Status = RunStatus.Succeeded,
        Commit = new CommitState("0123", "main", null),
        Command = "python3 train.py",
        Parameters = new Dictionary<string, JsonElement> { ["l2"] = JsonDocument.Parse(l2).RootElement },
        Inputs = [],
        Metrics = new Dictionary<string, double> { ["auc"] = 0.625, ["/odd.name"] = 1 },
        StartedAt = At,
        FinishedAt = At.AddSeconds(90),
        Machine = "m",
        StartedBy = "ann",
        Sandbox = "plain",
    };

    private static ServerGroup Group(int number) => new()
    {
        Name = new ServerGroupName("late", "prod", number),
        Release = new ReleaseName(number),
        Service = new ReleasedService { Name = "late", Model = Version(number) },
        Configuration = Digest.Of("{}"u8),
        Status = ServerGroupStatus.Enabled,
        Weight = new Weight(2_500),
        CreatedAt = At,
        CreatedBy = "ann",
    };

    private static ModelVersion Version(int number) =>
        new() { Model = "late", Number = number, Artifact = Artifact("m"), Signature = new Signature([], []), Run = new RunId("train", number), CreatedAt = At };

    private static ArtifactRef Artifact(string text) => new(ArtifactKind.Blob, Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)), 5);
}
