using System.Diagnostics;
using Fairlead.DuckDb;
using Fairlead.Replay.Running;
using Fairlead.Testing;

namespace Fairlead.Replay.Tests.Running;

public sealed class KillTests : IDisposable
{
    private static readonly int Rounds = Campaign.Rounds(3, 60);
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-replay-kill-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Run_ProcessKilledAtRandomMoments_EndsInTheReportOfAnUndisturbedOne()
    {
        await RecordAsync();
        var expected = await FinishAsync();
        var random = new Random(20260214);
        var killed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            // Several times each, then to the end.
            for (var attempt = 0; attempt < 3; attempt++)
                killed += await RunChildAsync(random.Next(1, 25)) ? 1 : 0;
            var actual = await FinishAsync();
            ReplayEngineTests.AssertSame(expected.Report, actual.Report);
            Assert.Equal(expected.Ids, actual.Ids);
        }

        Assert.True(killed > Rounds, $"Only {killed} of the children were killed before they were done.");
    }

    private async Task RecordAsync()
    {
        await using var bench = new Bench(folder);
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.AddModelAsync(Models.Delays(0.15f));
        await bench.RecordAsync(model, 30_000, rowsPerRequest: 10);
        await bench.CompactAsync();
    }

    /// <summary>True when it was killed before it was done.</summary>
    /// <param name="chunks">Finished chunks, of this attempt and those before it, after which it is killed.</param>
    private async Task<bool> RunChildAsync(int chunks)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(KillTests).Assembly.GetName().Name!);
        using var child = Process.Start(new ProcessStartInfo(program, ReplayChild.Arguments) { RedirectStandardOutput = true, Environment = { [ReplayChild.FolderVariable] = folder } })!;
        var lines = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!lines.IsCompleted && Done() < chunks)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        return !(await lines).Contains(ReplayChild.Done, StringComparison.Ordinal);
    }

    private int Done() => Directory.Exists(Path.Combine(folder, ".fairlead", "replays"))
        ? Directory.EnumerateFiles(Path.Combine(folder, ".fairlead", "replays"), "*", SearchOption.AllDirectories).Count()
        : 0;

    /// <summary>Goes on in this process, or begins anew when the last replay is done.</summary>
    private async Task<(Reporting.ReplayReport Report, string Ids)> FinishAsync()
    {
        await using var bench = new Bench(folder);
        var engine = bench.Engine(2, ReplayChild.ChunkRows);
        await engine.RecoverAsync(TestContext.Current.CancellationToken);
        var record = await bench.Replays.ListAsync(null, 1, TestContext.Current.CancellationToken) is [{ Status: ReplayStatus.Stopped } stopped]
            ? await engine.ResumeAsync(stopped.Number, _ => { }, TestContext.Current.CancellationToken)
            : await engine.RunAsync(Bench.Order("late@2") with { By = ["origin"] }, _ => { }, TestContext.Current.CancellationToken);
        var entries = await bench.Store.ReadTreeAsync(record.Rows!.Digest, TestContext.Current.CancellationToken);
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var files = DuckDbText.List(entries.Select(entry => bench.Store.PathOf(entry.Digest)));
        // Counts every row, and would tell one that is there twice.
        var ids = (string)connection.Scalar($"select count(*)::varchar || ' ' || count(distinct id)::varchar || ' ' || bit_xor(hash(id, replayed))::varchar from read_parquet({files})")!;
        return (await bench.Replays.ReadReportAsync(record, TestContext.Current.CancellationToken), ids);
    }
}
