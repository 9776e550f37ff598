using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Grpc;
using Fairlead.Testing;
using Google.Protobuf;

namespace Fairlead.Inference.Tests.Grpc;

public sealed class HostileMessageTests
{
    private static readonly byte[][] Tokens = [[0x0A], [0x2A, 0x10], [0x3A, 0], [0x1A, 1, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1], [0x7B], [0x7C], [0x18, 2], [0, 0, 0, 0], [0x2A, 0]];

    private static readonly SignatureCodec Codecs = Codec.Of(
        new TensorSpec("id", TensorType.Bytes, [-1]), new TensorSpec("x", TensorType.Float32, [-1, -1]), new TensorSpec("n", TensorType.Int16, [-1]), new TensorSpec("ok", TensorType.Bool, [-1]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_ManyMutations_ReadsOrRefuses(bool isRaw)
    {
        var random = new Random(isRaw ? 12_002 : 12_003);
        var valid = Valid(isRaw);
        var request = new InferRequest();
        var read = 0;
        var mutations = Campaign.Rounds(20_000, 1_000_000);
        for (var i = 0; i < mutations; i++)
        {
            var body = Mutation.Of(valid, random, Tokens);
            GrpcInferReader.TryReadTarget(body, out _, out _);
            try
            {
                GrpcInferReader.Read(body, Codecs, "m", request);
            }
            catch (FairleadException)
            {
                Assert.True(request.InputBlock.IsEmpty);
                continue;
            }

            Assert.Equal(4, Codec.Tensors(request.InputBlock).Count);
            read++;
        }

        Assert.InRange(read, mutations / 200, mutations * 3 / 4);
    }

    /// <summary>What is accepted is what protobuf's own reader understands, so that no two readers of one request disagree.</summary>
    [Fact]
    public void Read_MutationThatIsAccepted_MeansTheSameToProtobuf()
    {
        var random = new Random(12_004);
        var valid = Valid(isRaw: true);
        var request = new InferRequest();
        var agreed = 0;
        for (var i = 0; i < Campaign.Rounds(20_000, 1_000_000); i++)
        {
            var body = Mutation.Of(valid, random, Tokens);
            try
            {
                GrpcInferReader.Read(body, Codecs, "m", request);
            }
            catch (FairleadException)
            {
                continue;
            }

            ModelInferRequest message;
            try
            {
                message = ModelInferRequest.Parser.ParseFrom(body);
            }
            catch (InvalidProtocolBufferException)
            {
                // It checks the text of fields that are passed over here.
                continue;
            }

            var tensors = Codec.Tensors(request.InputBlock);
            for (var j = 0; j < message.Inputs.Count; j++)
            {
                var index = Codecs.Signature.Inputs.ToList().FindIndex(input => input.Name == message.Inputs[j].Name);
                Assert.Equal(message.Inputs[j].Shape, tensors[index].Shape);
                Assert.Equal(message.RawInputContents[j].ToByteArray(), tensors[index].Data);
            }

            agreed++;
        }

        Assert.InRange(agreed, 1_000, int.MaxValue);
    }

    [Fact]
    public void Read_HostileLengths_TakeNoMemory()
    {
        var request = new InferRequest();
        var message = Messages.Request(Messages.Input("id", "BYTES", [1L << 40]), Messages.Input("x", "FP32", [1L << 40, 1L << 20]), Messages.Input("n", "INT16", [1L << 40]), Messages.Input("ok", "BOOL", [1L << 40], new InferTensorContents { BoolContents = { true } }));
        var body = message.ToByteArray();
        Assert.Throws<FairleadException>(() => GrpcInferReader.Read(body, Codecs, "m", request));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FairleadException>(() => GrpcInferReader.Read(body, Codecs, "m", request));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
    }

    private static byte[] Valid(bool isRaw)
    {
        var message = Messages.Request(Messages.Input("id", "BYTES", [2]), Messages.Input("x", "FP32", [2, 2]), Messages.Input("n", "INT16", [2]), Messages.Input("ok", "BOOL", [2]));
        byte[][] raw = [[1, 0, 0, 0, 65, 2, 0, 0, 0, 66, 67], [0, 0, 128, 63, .. new byte[12]], [255, 255, 0, 1], [1, 0]];
        message.Id = "42";
        message.Parameters["timeout"] = new InferParameter { Int64Param = 100 };
        message.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "y" });
        if (isRaw)
            return message.Raw(raw).ToByteArray();
        TensorType[] types = [TensorType.Bytes, TensorType.Float32, TensorType.Int16, TensorType.Bool];
        for (var i = 0; i < raw.Length; i++)
            message.Inputs[i].Contents = TypedContents.Of(types[i], raw[i]);
        return message.ToByteArray();
    }
}
