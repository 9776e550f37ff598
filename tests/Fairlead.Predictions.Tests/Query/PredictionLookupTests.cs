using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

public sealed class PredictionLookupTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Find_InFilesAndInTheTail_ReturnsTheRow()
    {
        var ids = new List<PredictionId>();
        for (var segment = 0; segment < 5; segment++)
        {
            for (var i = 0; i < 20; i++)
                ids.Add(bench.AppendFlight(Workbench.Flights(), $"S{segment}", i, 0.25f, Workbench.Noon + (segment * 10_000_000_000L) + (i * 1000)));
            if (segment < 4)
                await bench.CompactAsync();
        }

        for (var i = 0; i < ids.Count; i += 7)
        {
            var found = await bench.Lookup.FindAsync(ids[i], TestContext.Current.CancellationToken);
            Assert.Equal(ids[i], found!.Id);
            Assert.Equal($"S{i / 20}", found.Inputs!["origin"].GetString());
            Assert.Equal(i % 20, found.Inputs["hour"].GetInt64());
            Assert.Equal(0.25f, found.Outputs!["late"].GetSingle());
            Assert.Equal("late-prod-v001", found.ServerGroup.ToString());
            Assert.Equal(PredictionRole.Live, found.Role);
        }

        Assert.Null(await bench.Lookup.FindAsync(bench.NewId(Workbench.Noon), TestContext.Current.CancellationToken));
        Assert.Null(await bench.Lookup.FindAsync(bench.NewId(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Find_RowOfARequest_ReturnsThatRow()
    {
        var id = bench.NewId(Workbench.Noon);
        bench.Append(
            Workbench.Flights(),
            id,
            3,
            new Blocks().AddText([3, 1], "A", "B", "C").Add(TensorType.Int64, [3], 1L, 2L, 3L).Add(TensorType.Float32, [3, 1], 1f, 2f, float.NaN).Bytes,
            new Blocks().Add(TensorType.Float32, [3, 1], 1f, 2f, 3f).Bytes,
            // The record's clock and the id's need not agree.
            Workbench.Noon + 90_000_000);
        await bench.CompactAsync();
        var found = await bench.Lookup.FindAsync(id.OfRow(2), TestContext.Current.CancellationToken);
        Assert.Equal(2, found!.Row);
        Assert.Equal(id, found.Request);
        Assert.Equal("C", found.Inputs!["origin"].GetString());
        Assert.Equal("NaN", found.Inputs["distance"].GetString());
    }

    [Fact]
    public async Task Find_Error_HasNoInputs()
    {
        var id = bench.NewId(Workbench.Noon);
        bench.Append(Workbench.Flights(), id, 1, [], [], error: "bad", status: 400);
        var found = await bench.Lookup.FindAsync(id, TestContext.Current.CancellationToken);
        Assert.Null(found!.Inputs);
        Assert.Equal("bad", found.Error);
    }
}
