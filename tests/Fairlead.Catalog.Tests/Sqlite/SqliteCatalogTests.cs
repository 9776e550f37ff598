using Dapper;
using Fairlead.Catalog.Sqlite;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Testing;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Tests.Sqlite;

public sealed class SqliteCatalogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-catalog-").FullName;

    private string CatalogPath => Path.Combine(folder, "catalog.db");

    [Fact]
    public async Task Kill_WhileEightWritersCommit_LosesNoAcknowledgedWrite()
    {
        var acknowledged = new List<RunId>();
        for (var round = 1; round <= 3; round++)
        {
            using var child = ChildProcess.Start(CatalogPath);
            for (var i = 0; i < round * 100; i++)
                acknowledged.Add(RunId.Parse((await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!));
            child.Kill(); // SIGKILL
            var rest = (await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
            acknowledged.AddRange(rest[..^1].Select(RunId.Parse)); // the last line may be cut
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

            await using var catalog = Open();
            var recorded = (await catalog.Runs.ListAsync(null, int.MaxValue, CancellationToken.None)).Select(r => r.Id).ToHashSet();
            Assert.Empty(acknowledged.Except(recorded));
            Assert.All(recorded.GroupBy(id => id.Step), step => Assert.Equal(Enumerable.Range(1, step.Count()), step.Select(id => id.Number).Order()));
        }
    }

    [Fact]
    public async Task Open_FileOfANewerVersion_IsRefusedNamingBothAndLeftAlone()
    {
        await using (Open())
        {
        }

        Change("insert into schema_migrations values (99, 'later', '2030-01-01')");
        var before = File.ReadAllBytes(CatalogPath);

        var problem = Assert.Throws<FairleadException>(Open);

        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Contains("'99'", problem.Message);
        Assert.Contains($"'{SqliteMigrator.CurrentVersion}'", problem.Message);
        Assert.Equal(before, File.ReadAllBytes(CatalogPath));
    }

    [Fact]
    public void Open_FileOfAnotherProgram_IsRefusedAndLeftAlone()
    {
        Change("create table theirs (x)");
        var before = File.ReadAllBytes(CatalogPath);
        var problem = Assert.Throws<FairleadException>(Open);
        Assert.Equal(ProblemKind.Damaged, problem.Kind);
        Assert.Contains(CatalogPath, problem.Message);
        Assert.Equal(before, File.ReadAllBytes(CatalogPath));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsDamaged()
    {
        var bytes = new byte[10_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(CatalogPath, bytes);
        Assert.Equal(ProblemKind.Damaged, Assert.Throws<FairleadException>(Open).Kind);
    }

    [Fact]
    public void Open_Folder_IsUnavailable()
    {
        Directory.CreateDirectory(CatalogPath);
        Assert.Equal(ProblemKind.Unavailable, Assert.Throws<FairleadException>(Open).Kind);
    }

    [Fact]
    public async Task AnyUse_OfACatalogWithOverwrittenPages_IsDamagedOrRight()
    {
        await using (var catalog = Open())
        {
            for (var i = 0; i < 200; i++)
                await catalog.Runs.StartAsync("train", id => Sample.Running(id), CancellationToken.None);
        }

        var whole = File.ReadAllBytes(CatalogPath);
        var random = new Random(2);
        for (var round = 0; round < 40; round++)
        {
            var bytes = whole.ToArray();
            random.NextBytes(bytes.AsSpan(random.Next(100, bytes.Length - 600), 500));
            File.WriteAllBytes(CatalogPath, bytes);
            File.Delete(CatalogPath + "-wal");
            try
            {
                await using var catalog = Open();
                await catalog.Runs.ListAsync(null, int.MaxValue, CancellationToken.None);
                await catalog.Runs.StartAsync("train", id => Sample.Running(id), CancellationToken.None);
            }
            catch (FairleadException e)
            {
                Assert.Equal(ProblemKind.Damaged, e.Kind);
            }
        }
    }

    [Fact]
    public async Task Write_OnAFullDisk_IsExhaustedAndTheCatalogGoesOn()
    {
        using var disk = SmallDisk.Mount(megabytes: 2);
        await using var catalog = SqliteCatalog.Open(Path.Combine(disk.Folder, "catalog.db"), TimeProvider.System);
        var first = await catalog.Releases.AddAsync(Sample.Release, CancellationToken.None);
        disk.Fill();

        FairleadException? problem = null;
        var written = 1;
        while (problem is null)
        {
            try
            {
                await catalog.Releases.AddAsync(Sample.Release, CancellationToken.None);
                written++;
            }
            catch (FairleadException e)
            {
                problem = e;
            }
        }

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Contains(disk.Folder, problem.Message);
        disk.Free();
        Assert.Equal(new ReleaseName(written + 1), (await catalog.Releases.AddAsync(Sample.Release, CancellationToken.None)).Name);
        Assert.NotNull(await catalog.Releases.FindAsync(first.Name, CancellationToken.None));
    }

    [Fact]
    public async Task Dispose_WithWritesUnderWay_FinishesThemAndRefusesLaterOnes()
    {
        var catalog = Open();
        var writes = Enumerable.Range(0, 500).Select(_ => catalog.Runs.StartAsync("train", id => Sample.Running(id), CancellationToken.None)).ToArray();
        await catalog.DisposeAsync();
        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => catalog.Runs.StartAsync("train", id => Sample.Running(id), CancellationToken.None));

        Assert.False(File.Exists(CatalogPath + "-wal"));
        await using var again = Open();
        Assert.Equal(500, (await again.Runs.ListAsync(null, int.MaxValue, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Open_CatalogOfVersion1_ReadsEveryRecord()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Golden", "catalog-v1.db"), CatalogPath);
        await using var catalog = Open();
        // What was kept of the desired state's first format is its version.
        await AssertGolden(catalog, Sample.State(1, []) with { Environments = [] });
        Assert.Equal(new ReleaseName(2), (await catalog.Releases.AddAsync(Sample.Release, CancellationToken.None)).Name);
    }

    [Fact]
    public async Task Statements_All_AreValidInTheCurrentSchema()
    {
        await using (Open())
        {
        }

        using var connection = Connect();
        foreach (var (_, sql) in Statements.Resources("Sqlite/Sql/").SelectMany(r => Statements.Parse(r.Text)))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "explain " + sql;
            foreach (var name in System.Text.RegularExpressions.Regex.Matches(sql, "@[a-zA-Z]+").Select(m => m.Value).Distinct())
                command.Parameters.AddWithValue(name, 1);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What the golden file holds; it was written once by <see cref="WriteGolden"/> and never changes.</summary>
    private static async Task AssertGolden(SqliteCatalog catalog, DesiredState state)
    {
        var run = new RunId("train", 1);
        var group = new ServerGroupName("late", "prod", 1);
        Assert.Equal(Sample.Json(Sample.Dataset("flights", "a") with { Number = 1 }), Sample.Json((await catalog.Datasets.ListAsync(null, CancellationToken.None)).Single()));
        Assert.Equal(Sample.Json(Sample.Ended(Sample.Running(run))), Sample.Json(await catalog.Runs.FindByKeyAsync("train", Sample.Digest("key"), CancellationToken.None)));
        Assert.Equal(Sample.Json(Sample.Model("late", "model", run) with { Number = 1 }), Sample.Json(await catalog.Models.FindAsync("late", 1, CancellationToken.None)));
        Assert.Equal(Sample.Json(Sample.Release(new ReleaseName(1))), Sample.Json(await catalog.Releases.FindAsync(new ReleaseName(1), CancellationToken.None)));
        Assert.Equal(Sample.Json(Sample.Group(group)), Sample.Json(await catalog.ServerGroups.FindAsync(group, CancellationToken.None)));
        Assert.Equal(Sample.Json(state), Sample.Json(await catalog.ServerGroups.FindDesiredStateAsync(CancellationToken.None)));
        Assert.Equal(["a"], await catalog.Segments.ListSegmentsAsync(CancellationToken.None));
        Assert.Equal(Sample.File("part-1"), (await catalog.Segments.ListFilesAsync(CancellationToken.None)).Single());
    }

    private static async Task WriteGolden(SqliteCatalog catalog)
    {
        await catalog.Datasets.AddAsync(Sample.Dataset("flights", "a"), CancellationToken.None);
        var run = await catalog.Runs.StartAsync("train", id => Sample.Running(id), CancellationToken.None);
        await catalog.Runs.FinishAsync(Sample.Ended(run), CancellationToken.None);
        await catalog.Models.AddAsync(Sample.Model("late", "model", run.Id), CancellationToken.None);
        await catalog.Releases.AddAsync(Sample.Release, CancellationToken.None);
        await catalog.ServerGroups.AddAsync([("late", "prod", Sample.Group)], CancellationToken.None);
        await catalog.ServerGroups.UpdateAsync([], Sample.State, CancellationToken.None);
        await catalog.Segments.AddAsync(Sample.Segment("a"), CancellationToken.None);
    }

    [Fact]
    public async Task Golden_WrittenByThisProgram_ReadsTheSame()
    {
        await using (var catalog = Open())
            await WriteGolden(catalog);
        if (Environment.GetEnvironmentVariable("FAIRLEAD_WRITE_GOLDEN") is { } target)
            File.Copy(CatalogPath, target);
        await using var again = Open();
        await AssertGolden(again, Sample.State(1, [Sample.Group(new ServerGroupName("late", "prod", 1))]));
    }

    private SqliteCatalog Open() => SqliteCatalog.Open(CatalogPath, TimeProvider.System);

    private SqliteConnection Connect()
    {
        SqliteLibrary.EnsureLoaded();
        var connection = new SqliteConnection($"Data Source={CatalogPath};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Change(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }
}
