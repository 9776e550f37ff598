using System.Runtime.CompilerServices;
using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Log;

/// <summary>Segments outlive the program that wrote them: what is in Golden/ must be read by every later version.</summary>
public sealed class GoldenSegmentTests
{
    [Fact]
    public void Read_SegmentOfVersion1_GivesItsRecords()
    {
        using var reader = SegmentReader.Open(Golden("segment-v1.flog"));

        for (var n = 0; n < 3; n++)
        {
            Assert.True(reader.TryRead(out var record));
            Assert.Equal(n, LogSamples.Number(record.Id));
            Assert.Equal("score-prod-v001", record.Context!.ServerGroup.ToString());
            Assert.Equal("x", record.Context.Signature.Inputs[0].Name);
            Assert.Equal(1_000_000 + n, record.TimeMicroseconds);
            Assert.Equal($"request-{n}", Encoding.UTF8.GetString(record.RequestId));
            Assert.Equal($"unit-{n}", Encoding.UTF8.GetString(record.Unit));
            Assert.Equal(n == 0 ? "wrong" : "", Encoding.UTF8.GetString(record.Error));
            Assert.Equal(PredictionRole.Live, record.Role);
        }

        Assert.True(reader.TryRead(out var outcome));
        Assert.Equal(SegmentRecordKind.Outcome, outcome.Kind);
        Assert.Equal("""{"late":true}""", Encoding.UTF8.GetString(outcome.Json));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void Read_SegmentOfVersion2_GivesItsShadow()
    {
        using var reader = SegmentReader.Open(Golden("segment-v2.flog"));

        Assert.True(reader.TryRead(out var live));
        Assert.Equal((PredictionRole.Live, live.Id), (live.Role, live.Request));
        Assert.True(reader.TryRead(out var shadow));
        Assert.Equal((PredictionRole.Shadow, LogSamples.Id(1), LogSamples.Id(0)), (shadow.Role, shadow.Id, shadow.Request));
        Assert.Equal("unit", Encoding.UTF8.GetString(shadow.Unit));
        Assert.Equal([1, 2, 3], shadow.Inputs.ToArray());
        Assert.Equal([4], shadow.Outputs.ToArray());
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public async Task Write_TheSameRecordsAsVersion2_GivesTheSameBytes()
    {
        using var folder = new TempFolder();
        await using (var writer = LogSamples.Open(folder.Path, time: new ManualTime()))
        {
            Assert.True(writer.TryAppend(LogSamples.Context(), Entry(0, default), out _));
            Assert.True(writer.TryAppend(LogSamples.Context(number: 2), Entry(1, LogSamples.Id(0)), out _));
        }

        var written = await File.ReadAllBytesAsync(Assert.Single(new SegmentFolder(folder.Path).Sealed()), TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("FAIRLEAD_ACCEPT_GOLDEN") == "1" && !File.Exists(Golden("segment-v2.flog")))
            await File.WriteAllBytesAsync(Golden("segment-v2.flog"), written, TestContext.Current.CancellationToken);
        var golden = await File.ReadAllBytesAsync(Golden("segment-v2.flog"), TestContext.Current.CancellationToken);
        Assert.Equal(golden[SegmentFormat.HeaderSize..], written[SegmentFormat.HeaderSize..]);
        // The version is another since.
        Assert.Equal(golden[..8], written[..8]);
        Assert.Equal(golden[9..24], written[9..24]);
    }

    [Fact]
    public void Read_SegmentOfVersion3_GivesItsOutcomes()
    {
        using var reader = SegmentReader.Open(Golden("segment-v3-outcomes.flog"));

        Assert.True(reader.TryRead(out var outcome));
        Assert.Equal((SegmentRecordKind.Outcome, LogSamples.Id(1), 5L, 1_900_000_000_000_000L), (outcome.Kind, outcome.Id, outcome.TimeMicroseconds, outcome.PostedMicroseconds));
        Assert.Equal("""{"late":true}""", Encoding.UTF8.GetString(outcome.Json));
        foreach (var isAboutEvery in new[] { true, false })
        {
            Assert.True(reader.TryRead(out var keyed));
            Assert.Equal((SegmentRecordKind.KeyedOutcome, 7L, 8L, 604_800_000_000L), (keyed.Kind, keyed.TimeMicroseconds, keyed.PostedMicroseconds, keyed.WindowMicroseconds));
            Assert.Equal(("score", isAboutEvery ? "prod" : "", "ünit", isAboutEvery), (Encoding.UTF8.GetString(keyed.Service), Encoding.UTF8.GetString(keyed.Environment), Encoding.UTF8.GetString(keyed.Unit), keyed.IsAboutEvery));
            Assert.Equal("""{"late":1}""", Encoding.UTF8.GetString(keyed.Json));
        }

        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public async Task Write_TheSameOutcomesAsVersion3_GivesTheSameBytes()
    {
        using var folder = new TempFolder();
        await using (var writer = LogSamples.Open(folder.Path, time: new ManualTime()))
        {
            Assert.True(writer.TryAppendOutcome(LogSamples.Id(1), 5, 1_900_000_000_000_000, """{"late":true}"""u8, out _));
            Assert.True(writer.TryAppendKeyedOutcome(Keyed("prod"u8, isAboutEvery: true), out _));
            Assert.True(writer.TryAppendKeyedOutcome(Keyed([], isAboutEvery: false), out _));
        }

        var written = await File.ReadAllBytesAsync(Assert.Single(new SegmentFolder(folder.Path).Sealed()), TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("FAIRLEAD_ACCEPT_GOLDEN") == "1" && !File.Exists(Golden("segment-v3-outcomes.flog")))
            await File.WriteAllBytesAsync(Golden("segment-v3-outcomes.flog"), written, TestContext.Current.CancellationToken);
        var golden = await File.ReadAllBytesAsync(Golden("segment-v3-outcomes.flog"), TestContext.Current.CancellationToken);
        Assert.Equal(golden[SegmentFormat.HeaderSize..], written[SegmentFormat.HeaderSize..]);
        Assert.Equal(golden[..24], written[..24]);
    }

    [Fact]
    public async Task Write_RecordsWithoutAShadow_GivesTheBytesOfVersion1AfterTheHeader()
    {
        using var folder = new TempFolder();
        await using (var writer = LogSamples.Open(folder.Path, time: new ManualTime()))
        {
            for (var n = 0; n < 3; n++)
                Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), n, out _, blockLength: 24));
            Assert.True(writer.TryAppendOutcome(LogSamples.Id(1), 5, 0, """{"late":true}"""u8, out _));
        }

        var written = await File.ReadAllBytesAsync(Assert.Single(new SegmentFolder(folder.Path).Sealed()), TestContext.Current.CancellationToken);
        var golden = await File.ReadAllBytesAsync(Golden("segment-v1.flog"), TestContext.Current.CancellationToken);
        Assert.Equal(golden[SegmentFormat.HeaderSize..], written[SegmentFormat.HeaderSize..]);
    }

    [Fact]
    public void Read_SegmentOfVersion3_GivesRouteAndWhatIsLeftOut()
    {
        using var reader = SegmentReader.Open(Golden("segment-v3-predictions.flog"));

        foreach (var (entry, kind) in Enum.GetValues<RouteKind>().Index())
        {
            Assert.True(reader.TryRead(out var record));
            Assert.Equal((kind, (OmittedParts)(entry % 4), LogSamples.Id(entry)), (record.Route, record.Omitted, record.Id));
            Assert.Equal(entry % 2 == 0 ? 0 : 16, record.TraceId.Length);
            Assert.Equal("acme", record.Context!.Customer);
            Assert.Equal("unit", Encoding.UTF8.GetString(record.Unit));
        }

        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public async Task Write_TheSamePredictionsAsVersion3_GivesTheSameBytes()
    {
        using var folder = new TempFolder();
        await using (var writer = LogSamples.Open(folder.Path, time: new ManualTime()))
        {
            var context = LogSamples.Context() with { Customer = "acme" };
            foreach (var (n, kind) in Enum.GetValues<RouteKind>().Index())
                Assert.True(writer.TryAppend(context, RoutedEntry(n, kind), out _));
        }

        var written = await File.ReadAllBytesAsync(Assert.Single(new SegmentFolder(folder.Path).Sealed()), TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("FAIRLEAD_ACCEPT_GOLDEN") == "1" && !File.Exists(Golden("segment-v3-predictions.flog")))
            await File.WriteAllBytesAsync(Golden("segment-v3-predictions.flog"), written, TestContext.Current.CancellationToken);
        var golden = await File.ReadAllBytesAsync(Golden("segment-v3-predictions.flog"), TestContext.Current.CancellationToken);
        Assert.Equal(golden[SegmentFormat.HeaderSize..], written[SegmentFormat.HeaderSize..]);
        Assert.Equal(golden[..24], written[..24]);
    }

    private static CaptureEntry RoutedEntry(int number, RouteKind route) => new()
    {
        Id = LogSamples.Id(number),
        TimeMicroseconds = 1_000_000,
        LatencyMicroseconds = 7,
        Status = 200,
        Rows = 1,
        Role = route == RouteKind.Mirror ? PredictionRole.Shadow : PredictionRole.Live,
        ShadowOf = route == RouteKind.Mirror ? LogSamples.Id(0) : default,
        Route = route,
        Omitted = (OmittedParts)(number % 4),
        Unit = "unit"u8,
        TraceId = number % 2 == 0 ? default : "0123456789abcdef"u8,
        Outputs = new byte[] { 4 },
    };

    private static KeyedOutcomeEntry Keyed(ReadOnlySpan<byte> environment, bool isAboutEvery) => new()
    {
        Service = "score"u8,
        Environment = environment,
        Unit = "ünit"u8,
        TimeMicroseconds = 7,
        PostedMicroseconds = 8,
        WindowMicroseconds = 604_800_000_000,
        IsAboutEvery = isAboutEvery,
        Json = """{"late":1}"""u8,
    };

    private static CaptureEntry Entry(int number, PredictionId shadowOf) => new()
    {
        Id = LogSamples.Id(number),
        TimeMicroseconds = 1_000_000,
        LatencyMicroseconds = 7,
        Status = 200,
        Rows = 1,
        Role = shadowOf.IsSet ? PredictionRole.Shadow : PredictionRole.Live,
        ShadowOf = shadowOf,
        Unit = "unit"u8,
        Inputs = new byte[] { 1, 2, 3 },
        Outputs = new byte[] { 4 },
    };

    private static string Golden(string name, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "Golden", name);
}
