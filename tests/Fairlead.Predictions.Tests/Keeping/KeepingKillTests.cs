using System.Diagnostics;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Log;
using Fairlead.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class KeepingKillTests
{
    private const int Units = 5;
    private const int MostRows = 400;
    private static readonly int Rounds = Campaign.Rounds(6, 300);
    private static readonly CaptureContext Context = Workbench.Flights();

    // Of an environment that keeps a day only: every row of it goes.
    private static readonly CaptureContext OldContext = Workbench.Flights(1, "old");
    private long rows;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keep_ProcessKilledAtRandomMoments_NoRowIsLostOrDoubledOrHalfErased()
    {
        using var folder = new TempFolder();
        var random = new Random(20260502);
        var expected = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            var unit = $"r{round}u0";
            await RunUntilKilledAsync(folder.Path, unit, random, expected, round);
            using var bench = new KeepingBench(folder.Path);
            var asked = (await bench.Erasure.ListAsync(Cancellation)).Count;
            var (total, distinct) = await CountAsync(bench);
            Assert.Equal(total, distinct);
            await bench.Erasure.ResumeAsync(Cancellation);
            Assert.All(await bench.Erasure.ListAsync(Cancellation), erasure => Assert.Equal(ErasureStatus.Completed, erasure.Status));
            if (asked > 0 && await IsErasedAsync(bench, unit))
                expected.Remove(unit);
            await AssertSettledAsync(bench, expected);
        }
    }

    private static async Task<bool> IsErasedAsync(KeepingBench bench, string unit)
    {
        var hash = new CaptureHash(ProjectKey.Read(bench.Log.Folder)).Of(unit);
        return (await bench.Erasure.ListAsync(Cancellation)).Any(erasure => erasure.Unit == hash);
    }

    private static async Task<(long Total, long Distinct)> CountAsync(KeepingBench bench)
    {
        var row = Assert.Single(await bench.Log.AskAsync("select count(*), count(distinct id) from predictions"));
        return ((long)row[0]!, (long)row[1]!);
    }

    private static async Task AssertSettledAsync(KeepingBench bench, Dictionary<string, long> expected)
    {
        var found = await bench.Log.AskAsync("select unit, count(*), count(distinct id) from predictions where environment = 'prod' group by 1 order by 1");
        Assert.Equal(expected.OrderBy(unit => unit.Key, StringComparer.Ordinal).Select(unit => new object?[] { unit.Key, unit.Value, unit.Value }), found);
        await bench.Log.CompactAsync();
        bench.Deploy("old", TimeSpan.FromDays(1));
        await bench.Retention.RunOnceAsync(Cancellation);
        await bench.SettleAsync();
        Assert.Equal((expected.Values.Sum(), expected.Values.Sum()), bench.ReadPlainly());
        Assert.DoesNotContain(bench.HiddenFiles(), path => path.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith(".merged", StringComparison.Ordinal));
        Assert.Empty((await bench.Check.RunAsync(Cancellation)).Damaged);
        Assert.Empty((await bench.Check.RunAsync(Cancellation)).Unlisted);
    }

    /// <summary>A writer appends beside the child, which is killed at a random point.</summary>
    private async Task RunUntilKilledAsync(string folder, string unit, Random random, Dictionary<string, long> expected, int round)
    {
        await using var writer = SegmentWriter.Open(
            new SegmentWriterOptions { Folder = Path.Combine(folder, ".fairlead", "log", "host"), SegmentBytes = 16 * 1024, MaxAge = TimeSpan.FromMilliseconds(20) },
            TimeProvider.System,
            NullLogger<SegmentWriter>.Instance);
        Append(writer, MostRows, expected, round);
        var program = Path.Combine(AppContext.BaseDirectory, typeof(KeepingKillTests).Assembly.GetName().Name!);
        using var child = Process.Start(new ProcessStartInfo(program, [KeepingChild.Argument, folder, unit])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = child.StandardError.ReadToEndAsync(Cancellation);
        var buffer = new byte[1];
        var killAfter = random.Next(1, 120);
        var spin = random.Next(3_000);
        var isKilled = false;
        for (var points = 0; await child.StandardOutput.BaseStream.ReadAsync(buffer, Cancellation) > 0; points++)
        {
            if (points % 8 == 7)
                Append(writer, random.Next(1, 20), expected, round, firstUnit: 1);
            if (points < killAfter || isKilled)
                continue;
            Thread.SpinWait(spin * 100);
            child.Kill();
            isKilled = true;
        }

        await child.WaitForExitAsync(Cancellation);
        Assert.True(isKilled, await errors);
    }

    private void Append(SegmentWriter writer, int count, Dictionary<string, long> expected, int round, int firstUnit = 0)
    {
        Span<byte> bytes = stackalloc byte[10];
        for (var i = 0; i < count; i++)
        {
            var unit = $"r{round}u{firstUnit + (i % (Units - firstUnit))}";
            var time = Workbench.Noon + (round * 1_000_000L) + (++rows);
            BitConverter.TryWriteBytes(bytes[2..], rows << 20);
            var entry = new CaptureEntry
            {
                Id = PredictionId.Create(time / 1000, bytes),
                TimeMicroseconds = time,
                LatencyMicroseconds = 1,
                Status = 200,
                Rows = 1,
                Unit = System.Text.Encoding.UTF8.GetBytes(unit),
                Inputs = new Blocks().AddText([1, 1], "SFO").Add(Domain.Models.TensorType.Int64, [1], rows).Add(Domain.Models.TensorType.Float32, [1, 1], 1f).Bytes,
                Outputs = new Blocks().Add(Domain.Models.TensorType.Float32, [1, 1], 0.5f).Bytes,
            };
            var isOld = i % 10 == 9;
            Assert.True(writer.TryAppend(isOld ? OldContext : Context, entry, out _));
            if (!isOld)
                expected[unit] = expected.GetValueOrDefault(unit) + 1;
        }
    }
}
