using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

/// <summary>Releases whose signatures differ, side by side in one view.</summary>
public sealed class ChangingSignatureTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_FieldsThatAppearAndWiden_AreReadTogether(bool isCompacted)
    {
        Append(1, [new TensorSpec("a", TensorType.Int32, [-1])], new Blocks().Add(TensorType.Int32, [1], 7).Bytes);
        Append(2, [new TensorSpec("a", TensorType.Float64, [-1]), new TensorSpec("b", TensorType.Bytes, [-1])], new Blocks().Add(TensorType.Float64, [1], 0.5).AddText([1], "x").Bytes);
        if (isCompacted)
            await bench.CompactAsync();
        Assert.Equal([[7.0, null, "v001"], [0.5, "x", "v002"]], await bench.AskAsync("select input.a, input.b, release from predictions order by release"));
        Assert.Equal(7.5, await bench.AskOneAsync("select sum(input.a) from predictions"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where input.a = 7 and input.b is null"));
        // An error before scoring has no inputs, whatever the fields are.
        bench.Append(Context(2, []), bench.NewId(Workbench.Noon), 1, [], [], error: "broken", status: 400);
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where input is null"));
    }

    [Fact]
    public async Task Run_LargeWholeNumbersBesideFractions_KeepTheirDigits()
    {
        Append(1, [new TensorSpec("a", TensorType.Int64, [-1])], new Blocks().Add(TensorType.Int64, [1], 9_007_199_254_740_991L).Bytes);
        Append(2, [new TensorSpec("a", TensorType.Float32, [-1])], new Blocks().Add(TensorType.Float32, [1], 0.5f).Bytes);
        Assert.Equal([[0.5], [9_007_199_254_740_991.0]], await bench.AskAsync("select input.a from predictions order by 1"));
    }

    [Fact]
    public async Task Run_FieldThatBecameSomethingElse_IsText()
    {
        Append(1, [new TensorSpec("a", TensorType.Float32, [-1])], new Blocks().Add(TensorType.Float32, [1], 1.5f).Bytes);
        Append(2, [new TensorSpec("a", TensorType.Float32, [-1, 2])], new Blocks().Add(TensorType.Float32, [1, 2], 1f, 2f).Bytes);
        Append(3, [new TensorSpec("a", TensorType.Bytes, [-1])], new Blocks().AddText([1], "text").Bytes);
        await bench.CompactAsync();
        Append(4, [new TensorSpec("A", TensorType.Bool, [-1])], new Blocks().Add(TensorType.Bool, [1], (byte)1).Bytes);
        Assert.Equal([["1.5"], ["[1.0, 2.0]"], ["text"], ["true"]], await bench.AskAsync("select input.a from predictions order by release"));
        Assert.Equal("v003", await bench.AskOneAsync("select release from predictions where input.a = 'text'"));
        Assert.Equal(1.5f, ((System.Text.Json.JsonElement)(await bench.Lookup.FindAsync(await FirstAsync(), TestContext.Current.CancellationToken))!.Inputs!["a"]).GetSingle());
    }

    [Fact]
    public async Task Run_TwoServices_HaveTheFieldsOfBoth()
    {
        Append(1, [new TensorSpec("a", TensorType.Int32, [-1])], new Blocks().Add(TensorType.Int32, [1], 7).Bytes);
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await bench.CompactAsync();
        bench.AppendFlight(Workbench.Flights(2), "JFK", 9, 0.5f);
        Assert.Equal([["late", null, "JFK"], ["late", null, "SFO"], ["s", 7L, null]], await bench.AskAsync("select service, input.a, input.origin from predictions order by all"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where service = 's'"));
    }

    [Fact]
    public async Task Run_OneFileLacksTheField_ItIsNull()
    {
        // What one file says of its values was taken for what the others hold, and the engine read beyond it.
        const long Day = 86_400_000_000;
        var inputs = new[] { new TensorSpec("a", TensorType.Int32, [-1]), new TensorSpec("b", TensorType.Bytes, [-1]) };
        bench.Append(Context(1, inputs[..1]), bench.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Int32, [1], 7).Bytes, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon);
        bench.Append(Context(2, inputs), bench.NewId(Workbench.Noon + Day), 1, new Blocks().Add(TensorType.Int32, [1], 9).AddText([1], "x").Bytes, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon + Day);
        await bench.CompactAsync();
        var later = DateTime.UnixEpoch.AddMicroseconds(Workbench.Noon + Day);
        Assert.Equal([[null, null, 7L]], await bench.AskAsync($"select min(input.b), max(input.b), max(input.a) from predictions where \"date\" < '{later:yyyy-MM-dd}'"));
        Assert.Equal([["x", "x", 9L]], await bench.AskAsync($"select min(input.b), max(input.b), max(input.a) from predictions where \"date\" = '{later:yyyy-MM-dd}'"));
        Assert.Equal([[null, 7L]], await bench.AskAsync($"select min(p.input.b), max(p.input.a) from predictions p, (select 1) where p.\"date\" + 0 < '{later:yyyy-MM-dd}' or p.release = 'v001'"));
    }

    private async Task<PredictionId> FirstAsync() => PredictionId.Parse((string)(await bench.AskOneAsync("select id from predictions where release = 'v001'"))!);

    private void Append(int number, TensorSpec[] inputs, byte[] block) =>
        bench.Append(Context(number, inputs), bench.NewId(Workbench.Noon + number), 1, block, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon + number);

    private static CaptureContext Context(int number, TensorSpec[] inputs) => Workbench.Context("s", "prod", number, inputs, [new TensorSpec("p", TensorType.Float32, [-1, 1])]);
}
