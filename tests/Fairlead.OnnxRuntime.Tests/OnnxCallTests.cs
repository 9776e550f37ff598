using System.Runtime.InteropServices;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Testing;

namespace Fairlead.OnnxRuntime.Tests;

public sealed class OnnxCallTests
{
    [Fact]
    public void Run_Batches_GiveSumsOfEveryRow()
    {
        using var session = Models.Open(TestModels.Add());
        using var call = session.CreateCall();
        foreach (var rows in new[] { 1, 1, 7, 3, 1000, 1 })
        {
            var left = Enumerable.Range(0, rows).Select(i => (float)i).ToArray();
            var right = Enumerable.Range(0, rows).Select(i => 0.5f * i).ToArray();
            call.SetInput(0, [rows, 1], Models.Raw(left));
            call.SetInput(1, [rows, 1], Models.Raw(right));
            call.Run();
            Assert.Equal([rows, 1L], call.OutputShape(0).ToArray());
            Assert.Equal(left.Zip(right, (a, b) => a + b), MemoryMarshal.Cast<byte, float>(call.OutputData(0)).ToArray());
        }
    }

    [Fact]
    public void Run_Strings_KeepEveryByte()
    {
        using var session = Models.Open(TestModels.Identity(OnnxType.String, "N"));
        using var call = session.CreateCall();
        foreach (var texts in new string[][] { ["a", "", "Zürich \0 东京 🛫"], ["", "", ""], [new string('x', 100_000)], ["short"] })
        {
            var raw = Models.Strings(texts);
            call.SetInput(0, [texts.Length], raw);
            call.Run();
            Assert.Equal(raw, Models.Output(call, 0));
        }
    }

    [Fact]
    public void Run_StringsOfChangingLengths_KeepEveryByte()
    {
        using var session = Models.Open(TestModels.Identity(OnnxType.String, "N"));
        using var call = session.CreateCall();
        var random = new Random(3);
        for (var i = 0; i < Campaign.Rounds(3_000, 300_000); i++)
        {
            // One shape for a while, so that strings are written over those of earlier calls.
            var texts = Enumerable.Range(0, 1 + (i / 100 % 4)).Select(_ => new string((char)random.Next('a', 'z'), random.Next(random.Next(2) == 0 ? 4 : 60))).ToArray();
            var raw = Models.Strings(texts);
            call.SetInput(0, [texts.Length], raw);
            call.Run();
            Assert.Equal(raw, Models.Output(call, 0));
        }
    }

    [Fact]
    public void Trim_LongStringsOneAfterTheOther_AreLetGoTogether()
    {
        using var session = Models.Open(TestModels.Identity(OnnxType.String, "N"));
        using var call = session.CreateCall();
        // Each call has one long string, in another place: the tensor holds them all.
        for (var i = 0; i < 4; i++)
        {
            call.SetInput(0, [4], Models.Strings([.. Enumerable.Range(0, 4).Select(place => place == i ? new string('x', 1000) : "")]));
            call.Trim(3_500);
            Assert.Equal(i == 3, Record.Exception(call.Run) is InvalidOperationException);
        }
    }

    [Fact]
    public void Run_Scalar_HasNoDimensions()
    {
        using var session = Models.Open(TestModels.Identity(OnnxType.Double));
        using var call = session.CreateCall();
        call.SetInput(0, [], Models.Raw(2.5));
        call.Run();
        Assert.True(call.OutputShape(0).IsEmpty);
        Assert.Equal(Models.Raw(2.5), Models.Output(call, 0));
    }

    [Theory]
    [InlineData(OnnxType.Bool, 1)]
    [InlineData(OnnxType.UInt8, 1)]
    [InlineData(OnnxType.Int8, 1)]
    [InlineData(OnnxType.UInt16, 2)]
    [InlineData(OnnxType.Int16, 2)]
    [InlineData(OnnxType.Float16, 2)]
    [InlineData(OnnxType.BFloat16, 2)]
    [InlineData(OnnxType.Int32, 4)]
    [InlineData(OnnxType.UInt32, 4)]
    [InlineData(OnnxType.Float, 4)]
    [InlineData(OnnxType.Int64, 8)]
    [InlineData(OnnxType.UInt64, 8)]
    [InlineData(OnnxType.Double, 8)]
    public void Run_EveryNumberType_KeepsItsBytes(OnnxType type, int size)
    {
        using var session = Models.Open(TestModels.Identity(type, "N", 3));
        using var call = session.CreateCall();
        var raw = Enumerable.Range(0, 6 * size).Select(i => (byte)(type == OnnxType.Bool ? i & 1 : i)).ToArray();
        call.SetInput(0, [2, 3], raw);
        call.Run();
        Assert.Equal(raw, call.OutputData(0).ToArray());
    }

    [Fact]
    public void SetInput_BytesDoNotFillTheShape_Throws()
    {
        using var session = Models.Open(TestModels.Add());
        using var call = session.CreateCall();
        Assert.Throws<ArgumentException>(() => call.SetInput(0, [2, 1], Models.Raw(1f)));
        Assert.Throws<ArgumentOutOfRangeException>(() => call.SetInput(0, [-1, 1], Models.Raw(1f)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void SetInput_StringsDoNotFillTheShape_Throws(int rows)
    {
        using var session = Models.Open(TestModels.Identity(OnnxType.String, "N"));
        using var call = session.CreateCall();
        Assert.Throws<ArgumentException>(() => call.SetInput(0, [rows], Models.Strings("a", "b")));
        Assert.Throws<ArgumentException>(() => call.SetInput(0, [2], Models.Strings("a", "b")[..^1]));
    }

    [Fact]
    public void Run_InputNotSet_Throws()
    {
        using var session = Models.Open(TestModels.Add());
        using var call = session.CreateCall();
        call.SetInput(0, [1, 1], Models.Raw(1f));
        Assert.Contains("'b'", Assert.Throws<InvalidOperationException>(call.Run).Message);
        Assert.Throws<InvalidOperationException>(() => call.OutputSize(0));
    }

    [Fact]
    public void Run_ShapeDoesNotFit_CarriesTheEnginesMessageAndRecovers()
    {
        using var session = Models.Open(TestModels.Add());
        using var call = session.CreateCall();
        call.SetInput(0, [1, 2], Models.Raw(1f, 2f));
        call.SetInput(1, [1, 1], Models.Raw(1f));
        var e = Assert.Throws<OnnxRuntimeException>(call.Run);
        Assert.Equal(OnnxErrorCode.InvalidArgument, e.Code);
        Assert.Contains("Expected: 1", e.Message);
        call.SetInput(0, [1, 1], Models.Raw(1f));
        call.Run();
        Assert.Equal(Models.Raw(2f), Models.Output(call, 0));
    }

    [Fact]
    public void Run_OperatorFails_CarriesTheEnginesMessage()
    {
        using var session = Models.Open(TestModels.Pick());
        using var call = session.CreateCall();
        call.SetInput(0, [1], Models.Raw(7L));
        Assert.Contains("out of", Assert.Throws<OnnxRuntimeException>(call.Run).Message);
    }

    [Fact]
    public void Trim_LargeInput_IsLetGoAndSetAnew()
    {
        using var session = Models.Open(TestModels.Add());
        using var call = session.CreateCall();
        var large = new float[100_000];
        call.SetInput(0, [large.Length, 1], Models.Raw(large));
        call.SetInput(1, [large.Length, 1], Models.Raw(large));
        call.Run();
        call.Trim(1000);
        Assert.Throws<InvalidOperationException>(call.Run);
        call.SetInput(0, [1, 1], Models.Raw(1f));
        call.SetInput(1, [1, 1], Models.Raw(1f));
        call.Run();
        Assert.Equal(Models.Raw(2f), Models.Output(call, 0));
    }

    [Fact]
    public void Dispose_Twice_EndsTheCall()
    {
        using var session = Models.Open(TestModels.Add());
        var call = session.CreateCall();
        call.Dispose();
        call.Dispose();
        Assert.Throws<ObjectDisposedException>(call.Run);
        Assert.Throws<ObjectDisposedException>(() => call.SetInput(0, [1, 1], Models.Raw(1f)));
    }
}
