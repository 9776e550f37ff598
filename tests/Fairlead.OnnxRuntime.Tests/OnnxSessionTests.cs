using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Testing;

namespace Fairlead.OnnxRuntime.Tests;

public sealed class OnnxSessionTests
{
    [Fact]
    public void Open_SymbolicAndFixedDimensions_AreRead()
    {
        using var session = Models.Open(TestModels.Mixed());
        Assert.Equal(["city", "hour", "distance"], session.Inputs.Select(input => input.Name));
        Assert.Equal([OnnxElementType.String, OnnxElementType.Int64, OnnxElementType.Float], session.Inputs.Select(input => input.Type));
        Assert.Equal(["score", "band"], session.Outputs.Select(output => output.Name));
        Assert.All(session.Inputs, input => Assert.Equal([-1L, 1L], input.Shape));
        Assert.All(session.Inputs, input => Assert.Equal(["N", ""], input.Symbols));
    }

    [Fact]
    public void Open_Scalar_HasNoDimensions()
    {
        using var session = Models.Open(TestModels.Identity(OnnxType.Float));
        Assert.Empty(session.Inputs[0].Shape);
    }

    [Fact]
    public void Open_InputIsNoTensor_NamesItAndTheCure()
    {
        var e = Assert.Throws<OnnxRuntimeException>(() => Models.Open(TestModels.MapTaker()));
        Assert.Equal(OnnxErrorCode.NotImplemented, e.Code);
        Assert.Contains("The input 'words' is a map, which is not served; export the model with tensors", e.Message);
    }

    [Fact]
    public void Open_MapsWithKeysWhoseNameIsTaken_NamesBoth() => Assert.Contains(
        "The output 'p.keys' has the name under which the keys of 'p' are answered",
        Assert.Throws<OnnxRuntimeException>(() => Models.Open(TestModels.TakenKeys())).Message);

    [Fact]
    public void Open_Maps_AreTwoTensors()
    {
        using var session = Models.Open(TestModels.Maps());
        Assert.Equal(["label", "probabilities", "probabilities.keys"], session.Outputs.Select(output => output.Name));
        Assert.Equal([OnnxElementType.Int64, OnnxElementType.Float, OnnxElementType.String], session.Outputs.Select(output => output.Type));
        Assert.All(session.Outputs.Skip(1), output => Assert.Equal([-1L, -1L], output.Shape));
    }

    [Fact]
    public void Open_Tensors_AreOneWithTheItemsFirst()
    {
        using var session = Models.Open(TestModels.Rows(OnnxType.Float));
        Assert.Equal([-1L, 2L], Assert.Single(session.Outputs).Shape);
    }

    [Fact]
    public void Open_ElementTypeNotCarried_NamesIt()
    {
        var e = Assert.Throws<OnnxRuntimeException>(() => Models.Open(TestModels.Identity(OnnxType.Complex64, 1)));
        Assert.NotEmpty(e.Message);
    }

    [Fact]
    public void Open_NineDimensions_IsRefused()
    {
        var e = Assert.Throws<OnnxRuntimeException>(() => Models.Open(TestModels.Identity(OnnxType.Float, 1, 1, 1, 1, 1, 1, 1, 1, 1)));
        Assert.Contains("'9' dimensions", e.Message);
    }

    [Fact]
    public void Open_NoFile_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "nothing.onnx");
        var e = Assert.Throws<OnnxRuntimeException>(() => OnnxSession.Open(path));
        Assert.Equal(OnnxErrorCode.NoSuchFile, e.Code);
        Assert.Contains(path, e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no model")]
    [InlineData("PAR1\0\0\0\0PAR1")]
    public void Open_FileIsNoModel_Throws(string content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.onnx", System.Text.Encoding.UTF8.GetBytes(content));
        Assert.NotEmpty(Assert.Throws<OnnxRuntimeException>(() => OnnxSession.Open(path)).Message);
    }

    [Fact]
    public void Open_Folder_Throws()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OnnxRuntimeException>(() => OnnxSession.Open(folder.Path));
    }

    [Fact]
    public void Open_DamagedModels_NeverEndTheProcess()
    {
        var random = new Random(20010207);
        byte[][] originals = [TestModels.Mixed(), TestModels.Simple(), TestModels.Maps(), TestModels.Pick(), TestModels.Rows(OnnxType.Float)];
        using var folder = new TemporaryFolder();
        var refused = 0;
        var rounds = Campaign.Rounds(500, 20_000);
        for (var i = 0; i < rounds; i++)
        {
            var path = folder.Write("model.onnx", Damage(originals[i % originals.Length], random));
            try
            {
                OnnxSession.Open(path).Dispose();
            }
            catch (OnnxRuntimeException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, rounds * 2 / 5, rounds);
    }

    [Fact]
    public void Dispose_CallsUnderWay_FinishAndLaterOnesThrow()
    {
        for (var round = 0; round < 20; round++)
        {
            var session = Models.Open(TestModels.Add());
            using var running = new CountdownEvent(3);
            var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() => RunUntilDisposed(session, running))).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            running.Wait(TestContext.Current.CancellationToken);
            session.Dispose();
            Array.ForEach(threads, thread => thread.Join());
            Assert.Throws<ObjectDisposedException>(session.CreateCall);
        }
    }

    private static void RunUntilDisposed(OnnxSession session, CountdownEvent running)
    {
        using var call = session.CreateCall();
        call.SetInput(0, [1, 1], Models.Raw(1f));
        call.SetInput(1, [1, 1], Models.Raw(2f));
        call.Run();
        running.Signal();
        try
        {
            while (true)
                call.Run();
        }
        catch (ObjectDisposedException)
        {
            // The end of this thread.
        }
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        if (random.Next(3) == 0)
            return original[..random.Next(original.Length)];
        var damaged = (byte[])original.Clone();
        for (var flips = random.Next(1, 6); flips > 0; flips--)
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }
}
