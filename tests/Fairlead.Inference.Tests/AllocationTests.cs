using System.Buffers;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Grpc;
using Fairlead.Inference.Rest;
using Fairlead.Inference.Tests.Grpc;
using Fairlead.Inference.Tests.OnnxModels;
using Google.Protobuf;

namespace Fairlead.Inference.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void ReadRunWrite_SteadyRequests_AllocateNothing()
    {
        using var session = Codec.Load(TestModels.Mixed());
        var json = Encoding.UTF8.GetBytes("""
            {"id":"42","inputs":[{"name":"hour","shape":[1,1],"datatype":"INT64","data":[8]},{"name":"city","shape":[1,1],"datatype":"BYTES","data":["Os\u006co"]},
            {"name":"distance","shape":[1,1],"datatype":"FP32","data":[[0.25]]}],"outputs":[{"name":"band"},{"name":"score"}]}
            """);
        var request = new InferRequest();
        var answer = new InferAnswer();
        var target = new ArrayBufferWriter<byte>(4096);
        for (var i = 0; i < 2000; i++)
            Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            RestInferReader.Read(json, null, session.Codec, "m", request);
            session.Run(request, answer);
            target.ResetWrittenCount();
            RestInferWriter.Write(target, Codec.Head, request, answer, session.Codec);
        }
    }

    [Fact]
    public void ReadWrite_EveryForm_AllocatesNothing()
    {
        var codec = new SignatureCodec(new Signature(
            [new TensorSpec("city", TensorType.Bytes, [-1]), new TensorSpec("x", TensorType.Float32, [-1, 2]), new TensorSpec("n", TensorType.Int64, [-1])],
            [new TensorSpec("score", TensorType.Float32, [-1, 3]), new TensorSpec("band", TensorType.Bytes, [-1])]));
        byte[] city = [4, 0, 0, 0, .. "Oslo"u8];
        var x = new byte[8];
        var json = Encoding.UTF8.GetBytes("""
            {"id":"42","parameters":{"timeout":9,"binary_data_output":true,"mine":"x"},"inputs":[{"name":"city","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":8}},
            {"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}},{"name":"n","shape":[1],"datatype":"INT64","data":[1]}],
            "outputs":[{"name":"score","parameters":{"classification":2}},{"name":"band"}]}
            """);
        byte[] binary = [.. json, .. city, .. x];
        var message = Messages.Request(Messages.Input("city", "BYTES", [1]), Messages.Input("x", "FP32", [1, 2]), Messages.Input("n", "INT64", [1]));
        message.Id = "42";
        message.Parameters["timeout"] = new InferParameter { Int64Param = 9 };
        var raw = message.Clone().Raw(city, x, new byte[8]).ToByteArray();
        message.Inputs[0].Contents = TypedContents.Of(TensorType.Bytes, city);
        message.Inputs[1].Contents = TypedContents.Of(TensorType.Float32, x);
        message.Inputs[2].Contents = TypedContents.Of(TensorType.Int64, new byte[8]);
        var typed = message.ToByteArray();
        var request = new InferRequest();
        var answer = Codec.AnswerOf((TensorType.Float32, [1, 3], new byte[12]), (TensorType.Bytes, [1], [1, 0, 0, 0, 65]));
        var target = new ArrayBufferWriter<byte>(4096);
        for (var i = 0; i < 2000; i++)
            Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5_000; i++)
            Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            target.ResetWrittenCount();
            RestInferReader.Read(binary, json.Length, codec, "m", request);
            RestInferWriter.Write(target, Codec.Head, request, answer, codec);
            GrpcInferReader.TryReadTarget(raw, out _, out _);
            GrpcInferReader.Read(raw, codec, "m", request);
            GrpcInferWriter.Write(target, Codec.Head, request, answer, codec);
            GrpcInferReader.Read(typed, codec, "m", request);
            GrpcInferWriter.WriteStream(target, Codec.Head, request, answer, codec);
        }
    }
}
