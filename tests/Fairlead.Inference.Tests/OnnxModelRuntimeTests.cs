using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Testing;

namespace Fairlead.Inference.Tests;

public sealed class OnnxModelRuntimeTests
{
    [Fact]
    public void Inspect_Model_GivesItsSignature()
    {
        using var folder = new TemporaryFolder();
        using var runtime = new OnnxModelRuntime();
        var signature = runtime.Inspect(folder.Write("model.onnx", TestModels.Mixed()), "late");
        Assert.Equal(["city BYTES [-1,1]", "hour INT64 [-1,1]", "distance FP32 [-1,1]"], signature.Inputs.Select(Describe));
        Assert.Equal(["score FP32 [-1,1]", "band BYTES [-1,1]"], signature.Outputs.Select(Describe));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no model at all")]
    public void Load_NoModel_FailsWithTheEnginesMessage(string content)
    {
        using var folder = new TemporaryFolder();
        using var runtime = new OnnxModelRuntime();
        var path = folder.Write("model.onnx", System.Text.Encoding.UTF8.GetBytes(content));
        AssertUnservable(Assert.Throws<FairleadException>(() => runtime.Load(path, "late")));
        AssertUnservable(Assert.Throws<FairleadException>(() => runtime.Inspect(path, "late")));
    }

    [Fact]
    public void Load_TruncatedModel_Fails()
    {
        using var folder = new TemporaryFolder();
        using var runtime = new OnnxModelRuntime();
        var path = folder.Write("model.onnx", TestModels.Mixed()[..^40]);
        AssertUnservable(Assert.Throws<FairleadException>(() => runtime.Load(path, "late")));
    }

    [Fact]
    public void Load_InputIsNoTensor_NamesIt() =>
        Assert.Contains("The input 'words' is a map, which is not served", Assert.Throws<FairleadException>(() => Codec.Load(TestModels.MapTaker())).Message);

    [Fact]
    public void Run_ClassifiersMaps_AreAnsweredAsTwoTensors()
    {
        using var session = Codec.Load(TestModels.Maps());
        Assert.Equal(["label INT64 [-1]", "probabilities FP32 [-1,-1]", "probabilities.keys BYTES [-1,-1]"], session.Signature.Outputs.Select(Describe));
        var answer = Codec.Answer(session, """{"inputs":[{"name":"x","shape":[3,2],"datatype":"FP32","data":[0.25,0.75,1,0,0.5,0.5]}]}""");
        Assert.Equal("[1,0,0]", Codec.Data(answer));
        Assert.Equal("[0.25,0.75,1,0,0.5,0.5]", Codec.Data(answer, 1));
        Assert.Equal("""["no","yes","no","yes","no","yes"]""", Codec.Data(answer, 2));
    }

    [Fact]
    public void Load_ModelRefusesTheTrialRow_IsServedAllTheSame()
    {
        using var session = Codec.Load(TestModels.Pairs());
        var answer = Codec.Answer(session, """{"inputs":[{"name":"x","shape":[4],"datatype":"FP32","data":[1,2,3,4]}]}""");
        Assert.Contains("\"shape\":[2,2],\"data\":[1,2,3,4]", answer);
    }

    [Fact]
    public void Run_ModelFails_CarriesTheEnginesMessageAndServesOn()
    {
        using var session = Codec.Load(TestModels.Pick(), "picker");
        var wrong = Codec.Read(session.Codec, """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[7]}]}""");
        var answer = new InferAnswer();
        var e = Assert.Throws<FairleadException>(() => session.Run(wrong, answer));
        Assert.Contains("Model 'picker' could not score the request", e.Message);
        Assert.Contains("out of", e.Message);
        Assert.True(answer.OutputBlock.IsEmpty);
        Assert.Equal("[30]", Codec.Data(Codec.Answer(session, """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[2]}]}""")));
    }

    [Fact]
    public void Run_BlockLacksAnInput_NeverScoresAnEarlierRequests()
    {
        using var session = Codec.Load(TestModels.Add());
        var whole = Codec.Read(session.Codec, """{"inputs":[{"name":"a","shape":[1,1],"datatype":"FP32","data":[1]},{"name":"b","shape":[1,1],"datatype":"FP32","data":[2]}]}""");
        var answer = new InferAnswer();
        session.Run(whole, answer);
        var half = new InferRequest();
        half.Fill(1, whole.InputBlock[..(whole.InputBlock.Length / 2)]);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => session.Run(half, answer)).Message);
        half.Fill(1, [0, .. whole.InputBlock[(whole.InputBlock.Length / 2)..]]);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => session.Run(half, answer)).Message);
        half.Fill(1, whole.InputBlock);
        session.Run(half, answer);
        Assert.Equal("[3]", Codec.Data(Codec.Write(session, half, answer)));
    }

    [Fact]
    public void Run_ManyThreads_EachGetsItsOwnAnswer()
    {
        using var session = Codec.Load(TestModels.Mixed());
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, worker =>
        {
            var answer = new InferAnswer();
            for (var i = 0; i < Campaign.Rounds(500, 20_000); i++)
            {
                var rows = 1 + (i % 3);
                var request = Codec.Read(session.Codec, Request(rows, worker + (0.001f * i)));
                session.Run(request, answer);
                var score = Codec.Tensors(answer.OutputBlock)[0];
                Assert.Equal(rows, score.Shape[0]);
                Assert.Equal(0.5f + 0.8f + (worker + (0.001f * i)), BitConverter.ToSingle(score.Data), 1e-5f);
            }
        });
    }

    [Fact]
    public void Dispose_RunsUnderWay_FinishOrSayDisposed()
    {
        for (var round = 0; round < 20; round++)
        {
            var session = Codec.Load(TestModels.Mixed());
            using var running = new CountdownEvent(3);
            var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() => RunUntilDisposed(session, running))).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            running.Wait(TestContext.Current.CancellationToken);
            session.Dispose();
            Array.ForEach(threads, thread => thread.Join());
        }
    }

    [Fact]
    public void Load_AfterDispose_Throws()
    {
        var runtime = new OnnxModelRuntime();
        runtime.Dispose();
        Assert.Throws<ObjectDisposedException>(() => runtime.Load("model.onnx", "m"));
    }

    [Fact]
    public void Run_AfterALargeRequest_LetsItsBuffersGo()
    {
        using var session = Codec.Load(TestModels.Identity(OnnxType.String, "N"));
        var large = Codec.Read(session.Codec, $$"""{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["{{new string('x', 3_000_000)}}"]}]}""");
        var answer = new InferAnswer();
        session.Run(large, answer);
        Assert.InRange(answer.OutputBlock.Length, 3_000_000, 3_000_100);
        Assert.Equal("""["small"]""", Codec.Data(Codec.Answer(session, """{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["small"]}]}""")));
    }

    private static void RunUntilDisposed(IModelSession session, CountdownEvent running)
    {
        var request = Codec.Read(session.Codec, Request(1, 0));
        var answer = new InferAnswer();
        session.Run(request, answer);
        running.Signal();
        try
        {
            while (true)
                session.Run(request, answer);
        }
        catch (ObjectDisposedException)
        {
            // The end of this thread.
        }
    }

    private static string Request(int rows, float distance) => $$"""
        {"inputs":[{"name":"city","shape":[{{rows}},1],"datatype":"BYTES","data":[{{Repeat("\"Oslo\"", rows)}}]},
        {"name":"hour","shape":[{{rows}},1],"datatype":"INT64","data":[{{Repeat("8", rows)}}]},
        {"name":"distance","shape":[{{rows}},1],"datatype":"FP32","data":[{{Repeat(distance.ToString("R"), rows)}}]}]}
        """;

    private static string Repeat(string text, int times) => string.Join(',', Enumerable.Repeat(text, times));

    private static void AssertUnservable(FairleadException e)
    {
        Assert.Equal(ProblemKind.Failed, e.Kind);
        Assert.StartsWith("Model 'late' cannot be served: ", e.Message);
    }

    private static string Describe(TensorSpec spec) => $"{spec.Name} {spec.Type.WireName()} [{string.Join(',', spec.Shape)}]";
}
