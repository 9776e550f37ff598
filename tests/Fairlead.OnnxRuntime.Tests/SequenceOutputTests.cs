using System.Runtime.InteropServices;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.OnnxRuntime.Tests;

public sealed class SequenceOutputTests
{
    [Fact]
    public void Run_MapsByText_GiveValuesAndKeysOfEveryRow()
    {
        using var session = Models.Open(TestModels.Maps());
        using var call = session.CreateCall();
        foreach (var rows in new[] { 1, 3, 1, 200, 2 })
        {
            var values = Enumerable.Range(0, rows * 2).Select(i => 0.5f * i).ToArray();
            call.SetInput(0, [rows, 2], Models.Raw(values));
            call.Run();
            Assert.Equal([rows, 2L], call.OutputShape(1).ToArray());
            Assert.Equal([rows, 2L], call.OutputShape(2).ToArray());
            Assert.Equal(values, MemoryMarshal.Cast<byte, float>(call.OutputData(1)).ToArray());
            Assert.Equal(Models.Strings([.. Enumerable.Repeat<string[]>(["no", "yes"], rows).SelectMany(keys => keys)]), Models.Output(call, 2));
            call.ReleaseOutputs();
        }
    }

    [Fact]
    public void Run_MapsByNumber_AreInTheMapsOrder()
    {
        using var session = Models.Open(TestModels.IntegerMaps());
        using var call = session.CreateCall();
        call.SetInput(0, [2, 3], Models.Raw(3f, 1f, 2f, 33f, 11f, 22f));
        call.Run();
        // The engine's maps are sorted by key.
        Assert.Equal(Models.Raw(10L, 20L, 30L, 10L, 20L, 30L), Models.Output(call, 1));
        Assert.Equal(Models.Raw(1f, 2f, 3f, 11f, 22f, 33f), Models.Output(call, 0));
    }

    [Fact]
    public void Run_MapsOfNoRows_AreEmpty()
    {
        using var session = Models.Open(TestModels.IntegerMaps());
        using var call = session.CreateCall();
        call.SetInput(0, [1, 3], Models.Raw(1f, 2f, 3f));
        call.Run();
        Assert.Equal(12, call.OutputSize(0));
        call.SetInput(0, [0, 3], []);
        call.Run();
        Assert.Equal([0L, 0L], call.OutputShape(0).ToArray());
        Assert.Equal([0L, 0L], call.OutputShape(1).ToArray());
        Assert.Equal(0, call.OutputSize(0));
        Assert.Equal(0, call.OutputSize(1));
    }

    [Fact]
    public void Run_Tensors_AreStacked()
    {
        using var session = Models.Open(TestModels.Rows(OnnxType.Float));
        using var call = session.CreateCall();
        call.SetInput(0, [3, 2], Models.Raw(1f, 2f, 3f, 4f, 5f, 6f));
        call.Run();
        Assert.Equal([3L, 2L], call.OutputShape(0).ToArray());
        Assert.Equal(Models.Raw(1f, 2f, 3f, 4f, 5f, 6f), Models.Output(call, 0));
    }

    [Fact]
    public void Run_TensorsOfStrings_AreStacked()
    {
        using var session = Models.Open(TestModels.Rows(OnnxType.String));
        using var call = session.CreateCall();
        call.SetInput(0, [2, 2], Models.Strings("a", "", "ccc", "Zürich"));
        call.Run();
        Assert.Equal([2L, 2L], call.OutputShape(0).ToArray());
        Assert.Equal(Models.Strings("a", "", "ccc", "Zürich"), Models.Output(call, 0));
    }

    [Fact]
    public void OutputShape_ItemsAreNotAlike_NamesTheRow()
    {
        using var session = Models.Open(TestModels.Uneven());
        using var call = session.CreateCall();
        call.SetInput(0, [3, 2], Models.Raw(1f, 2f, 3f, 4f, 5f, 6f));
        call.Run();
        var e = Assert.Throws<OnnxRuntimeException>(() => call.OutputShape(0).Length);
        Assert.Equal("The output 'rows' has in row '1' another size than in the rows before; export the model so that every row is alike.", e.Message);
    }

    [Fact]
    public void Trim_LargeSequence_IsLetGoAndReadAnew()
    {
        using var session = Models.Open(TestModels.Maps());
        using var call = session.CreateCall();
        call.SetInput(0, [500, 2], Models.Raw(new float[1000]));
        call.Run();
        Assert.Equal(4000, call.OutputSize(1));
        call.ReleaseOutputs();
        call.Trim(100);
        call.SetInput(0, [1, 2], Models.Raw(1f, 2f));
        call.Run();
        Assert.Equal(Models.Raw(1f, 2f), Models.Output(call, 1));
    }
}
