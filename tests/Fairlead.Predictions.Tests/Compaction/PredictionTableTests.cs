using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Tests.Compaction;

/// <summary>How tensors become columns.</summary>
public sealed class PredictionTableTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Columns_EveryElementType_KeepsItsValue()
    {
        var types = Enum.GetValues<TensorType>();
        var context = Workbench.Context("all", "prod", 1, [.. types.Select(type => new TensorSpec(type.ToString(), type, [-1]))], [new TensorSpec("y", TensorType.Float64, [-1])]);
        var block = new Blocks()
            .Add<byte>(TensorType.Bool, [2], 1, 0)
            .Add<byte>(TensorType.UInt8, [2], 255, 0)
            .Add<ushort>(TensorType.UInt16, [2], 65535, 1)
            .Add<uint>(TensorType.UInt32, [2], uint.MaxValue, 1)
            .Add<ulong>(TensorType.UInt64, [2], ulong.MaxValue, 1)
            .Add<sbyte>(TensorType.Int8, [2], -128, 1)
            .Add<short>(TensorType.Int16, [2], -32768, 1)
            .Add(TensorType.Int32, [2], int.MinValue, 1)
            .Add(TensorType.Int64, [2], long.MinValue, 1)
            .Add(TensorType.Float16, [2], (Half)1.5f, (Half)0)
            .Add<ushort>(TensorType.BFloat16, [2], 0x3FC0, 0)
            .Add(TensorType.Float32, [2], float.NaN, 1.25f)
            .Add(TensorType.Float64, [2], double.PositiveInfinity, 0.1)
            .AddText([2], "ü", "")
            .Bytes;
        bench.Append(context, bench.NewId(Workbench.Noon), 2, block, new Blocks().Add(TensorType.Float64, [2], 1.0, 2.0).Bytes);
        foreach (var isCompacted in new[] { false, true })
        {
            if (isCompacted)
                await bench.CompactAsync();
            var row = Assert.Single(await bench.AskAsync("select input.* from predictions where \"row\" = 0"));
            Assert.Equal([true, 255L, 65535L, (long)uint.MaxValue, ulong.MaxValue, -128L, -32768L, (long)int.MinValue, long.MinValue, 1.5f, 1.5f, "NaN", "Infinity", "ü"], row);
        }
    }

    [Fact]
    public async Task Columns_CustomerRouteAndOmitted_AreTold()
    {
        var context = Workbench.Flights() with { Customer = "acme" };
        foreach (var (n, route) in Enum.GetValues<RouteKind>().Index())
            AppendBare(context, route, (OmittedParts)(n % 4));
        AppendBare(Workbench.Flights(environment: "stage"), RouteKind.Weight, OmittedParts.None);
        foreach (var isCompacted in new[] { false, true })
        {
            if (isCompacted)
                await bench.CompactAsync();
            var rows = await bench.AskAsync("select customer, route, omitted from predictions order by environment, id");
            Assert.Equal(
                [["acme", null, null], ["acme", "weight", "input"], ["acme", "unit", "output"], ["acme", "version", "input, output"], ["acme", "mirror", null], ["acme", "none", "input"], [null, "weight", null]],
                rows);
        }
    }

    [Fact]
    public async Task Columns_HashedInOneReleaseAndPlainInAnother_AreReadTogether()
    {
        var plain = Workbench.Context("card", "prod", 1, [new TensorSpec("number", TensorType.Int64, [-1, 2])], [new TensorSpec("y", TensorType.Float32, [-1])]);
        var hashed = Workbench.Context("card", "prod", 2, [new TensorSpec("number", TensorType.Bytes, [-1, 2])], [new TensorSpec("y", TensorType.Bytes, [-1])]);
        bench.Append(plain, bench.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Int64, [1, 2], 7L, 8L).Bytes, new Blocks().Add(TensorType.Float32, [1], 0.5f).Bytes);
        bench.Append(hashed, bench.NewId(Workbench.Noon + 1), 1, new Blocks().AddText([1, 2], "a1", "b2").Bytes, new Blocks().AddText([1], "c3").Bytes);
        foreach (var isCompacted in new[] { false, true })
        {
            if (isCompacted)
                await bench.CompactAsync();
            var rows = await bench.AskAsync("select input.number, output.y from predictions order by id");
            Assert.Equal([new object?[] { "7", "8" }, "0.5"], rows[0]);
            Assert.Equal([new object?[] { "a1", "b2" }, "c3"], rows[1]);
        }
    }

    [Fact]
    public async Task Columns_VectorsAndMatrices_AreListsOfTheRowsElements()
    {
        var context = Workbench.Context(
            "vectors",
            "prod",
            1,
            [new TensorSpec("v", TensorType.Float32, [-1, 3]), new TensorSpec("m", TensorType.Int32, [-1, 2, 2]), new TensorSpec("words", TensorType.Bytes, [-1, -1])],
            [new TensorSpec("label", TensorType.Int64, [-1])]);
        bench.Append(
            context,
            bench.NewId(Workbench.Noon),
            2,
            new Blocks().Add(TensorType.Float32, [2, 3], 1f, 2f, 3f, 4f, 5f, 6f).Add(TensorType.Int32, [2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8).AddText([2, 1], "one", "two").Bytes,
            new Blocks().Add(TensorType.Int64, [2], 7L, 8L).Bytes);
        await bench.CompactAsync();
        var rows = await bench.AskAsync("select input.v, input.m, input.words, output.label from predictions order by \"row\"");
        Assert.Equal([new object?[] { 1f, 2f, 3f }, new object?[] { 1L, 2L, 3L, 4L }, new object?[] { "one" }, 7L], rows[0]);
        Assert.Equal([new object?[] { 4f, 5f, 6f }, new object?[] { 5L, 6L, 7L, 8L }, new object?[] { "two" }, 8L], rows[1]);
    }

    [Fact]
    public async Task Columns_FixedShape_IsOneRowWithTheWholeTensor()
    {
        var context = Workbench.Context("simple", "prod", 1, [new TensorSpec("INPUT0", TensorType.Int32, [1, 4]), new TensorSpec("one", TensorType.Int32, [1])], [new TensorSpec("s", TensorType.Float32, [])]);
        bench.Append(context, bench.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Int32, [1, 4], 1, 2, 3, 4).Add(TensorType.Int32, [1], 9).Bytes, new Blocks().Add(TensorType.Float32, [], 0.5f).Bytes);
        await bench.CompactAsync();
        Assert.Equal([new object?[] { 1L, 2L, 3L, 4L }, 9L, 0.5f], Assert.Single(await bench.AskAsync("select input.INPUT0, input.one, output.s from predictions")));
    }

    [Fact]
    public async Task Columns_NamesThatSqlCannotTellApart_AreNumberedAndQuoted()
    {
        var context = Workbench.Context(
            "names",
            "prod",
            1,
            [new TensorSpec("x", TensorType.Int32, [-1]), new TensorSpec("X", TensorType.Int32, [-1]), new TensorSpec("a\"b c'd", TensorType.Int32, [-1]), new TensorSpec("", TensorType.Int32, [-1])],
            [new TensorSpec("select", TensorType.Int32, [-1])]);
        bench.Append(context, bench.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Int32, [1], 1).Add(TensorType.Int32, [1], 2).Add(TensorType.Int32, [1], 3).Add(TensorType.Int32, [1], 4).Bytes, new Blocks().Add(TensorType.Int32, [1], 5).Bytes);
        await bench.CompactAsync();
        Assert.Equal([1L, 2L, 3L, 4L, 5L], Assert.Single(await bench.AskAsync("select input.x, input.X_2, input.\"a\"\"b c'd\", input.unnamed, output.\"select\" from predictions")));
    }

    [Fact]
    public async Task Text_InvalidUtf8_IsKeptAsTextOfABlob()
    {
        var context = Workbench.Flights();
        byte[] bytes = [0x41, 0xFF, 0x00, 0x5C, 0x27, 0xC3];
        bench.Append(context, bench.NewId(Workbench.Noon), 1, new Blocks().AddBytes([1, 1], bytes).Add(TensorType.Int64, [1], 1L).Add(TensorType.Float32, [1, 1], 1f).Bytes, []);
        await bench.CompactAsync();
        Assert.Equal(["A\\xFF\\x00\\x5C\\x27\\xC3", Convert.ToBase64String(bytes)], Assert.Single(await bench.AskAsync("select input.origin, input.origin::blob from predictions")));
    }

    [Fact]
    public async Task Error_WithoutInputs_IsARowWithNullStructs()
    {
        var context = Workbench.Flights();
        bench.Append(context, bench.NewId(Workbench.Noon), 1, [], [], error: "input 'hour' is missing", status: 400, unit: "passenger-7");
        bench.Append(context, bench.NewId(Workbench.Noon), 0, [], [], error: "no JSON", status: 400);
        await bench.CompactAsync();
        Assert.Equal(["input 'hour' is missing", 400L, "passenger-7", true, true, null], (await bench.AskAsync("select error, status, unit, input is null, output is null, input.origin from predictions order by error"))[0]);
        Assert.Equal(2L, await bench.AskOneAsync("select count(*) from predictions"));
    }

    [Fact]
    public async Task Services_WithDifferentSignatures_AreReadTogether()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var churn = Workbench.Context("churn", "prod", 1, [new TensorSpec("tenure", TensorType.Int32, [-1]), new TensorSpec("hour", TensorType.Float64, [-1])], [new TensorSpec("leaves", TensorType.Bool, [-1])]);
        bench.Append(churn, bench.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Int32, [1], 12).Add(TensorType.Float64, [1], 0.5).Bytes, new Blocks().Add<byte>(TensorType.Bool, [1], 1).Bytes);
        // An error before scoring of the same service, and a second version whose 'hour' is a text.
        bench.Append(churn, bench.NewId(Workbench.Noon), 1, [], [], error: "bad");
        var words = Workbench.Context("words", "stage", 1, [new TensorSpec("hour", TensorType.Bytes, [-1])], [new TensorSpec("leaves", TensorType.Bool, [-1])]);
        foreach (var isCompacted in new[] { false, true })
        {
            if (isCompacted)
                await bench.CompactAsync();
            var rows = await bench.AskAsync("select service, input.origin, input.tenure, input.hour, output.late, output.leaves from predictions order by service, error nulls first");
            Assert.Equal(["churn", null, 12L, 0.5, null, true], rows[0]);
            Assert.Equal(["churn", null, null, null, null, null], rows[1]);
            Assert.Equal(["late", "SFO", null, 8.0, 0.5f, null], rows[2]);
        }

        bench.Append(words, bench.NewId(Workbench.Noon), 1, new Blocks().AddText([1], "nine").Bytes, []);
        Assert.Equal([["nine"], ["8"]], await bench.AskAsync("select input.hour from predictions where service in ('words', 'late') order by service desc"));
    }

    private void AppendBare(CaptureContext context, RouteKind route, OmittedParts omitted)
    {
        var id = bench.NewId(Workbench.Noon);
        var entry = new CaptureEntry
        {
            Id = id,
            TimeMicroseconds = Workbench.Noon,
            LatencyMicroseconds = 1,
            Status = 200,
            Role = route == RouteKind.Mirror ? PredictionRole.Shadow : PredictionRole.Live,
            ShadowOf = route == RouteKind.Mirror ? id : default,
            Route = route,
            Omitted = omitted,
            Rows = 1,
        };
        Assert.True(bench.Writer.TryAppend(context, entry, out _));
    }
}
