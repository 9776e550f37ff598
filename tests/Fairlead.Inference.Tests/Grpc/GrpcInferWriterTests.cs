using System.Buffers;
using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Grpc;

namespace Fairlead.Inference.Tests.Grpc;

public sealed class GrpcInferWriterTests
{
    private static readonly SignatureCodec Two = new(new Signature(
        [new TensorSpec("x", TensorType.Int8, [-1])],
        [new TensorSpec("score", TensorType.Float32, [-1, 300]), new TensorSpec("band", TensorType.Bytes, [])]));

    private static ModelInferRequest Ask => Messages.Request(Messages.Input("x", "INT8", [2])).Raw([1, 2]);

    [Fact]
    public void Write_WholeAnswer_IsWhatProtobufReads()
    {
        var message = Ask;
        message.Id = "42";
        var data = new byte[2400];
        new Random(3).NextBytes(data);
        var answer = Messages.Write(Two, Messages.Read(Two, message), Codec.AnswerOf((TensorType.Float32, [2, 300], data), (TensorType.Bytes, [], [1, 0, 0, 0, 65])));
        Assert.Equal("m", answer.ModelName);
        Assert.Equal("3", answer.ModelVersion);
        Assert.Equal("42", answer.Id);
        Assert.Equal("0190b6a0-0000-7000-8000-000000000000", answer.Parameters["prediction_id"].StringParam);
        Assert.Equal("late-prod-v003", answer.Parameters["server_group"].StringParam);
        Assert.Equal(2, answer.Parameters.Count);
        Assert.Equal(["score FP32 [2,300]", "band BYTES []"], answer.Outputs.Select(Describe));
        Assert.Equal(data, answer.RawOutputContents[0].ToByteArray());
        Assert.Equal([1, 0, 0, 0, 65], answer.RawOutputContents[1].ToByteArray());
        Assert.All(answer.Outputs, output => Assert.Null(output.Contents));
    }

    [Fact]
    public void Write_OneOutputAskedForAsClasses_IsAllThereIs()
    {
        var message = Ask;
        message.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "score", Parameters = { ["classification"] = new InferParameter { Int64Param = 1 } } });
        var data = new byte[600];
        data[3] = 0x40;
        data[303] = 0xC0;
        var answer = Messages.Write(Two, Messages.Read(Two, message), Codec.AnswerOf((TensorType.Float32, [2, 75], data), (TensorType.Bytes, [], [0, 0, 0, 0])));
        var output = Assert.Single(answer.Outputs);
        Assert.Equal("score BYTES [2,1]", Describe(output));
        Assert.Equal([3, 0, 0, 0, .. "2:0"u8, 3, 0, 0, 0, .. "0:1"u8], Assert.Single(answer.RawOutputContents).ToByteArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(20_000)]
    public void WriteStream_AnySize_IsTheSameAnswerMarkedAsFinal(int columns)
    {
        var message = Ask;
        message.Id = new string('i', Math.Min(columns, 1000));
        var request = Messages.Read(Two, message);
        var answer = Codec.AnswerOf((TensorType.Float32, [2, columns], new byte[columns * 8]), (TensorType.Bytes, [], [0, 0, 0, 0]));
        var target = new ArrayBufferWriter<byte>();
        GrpcInferWriter.WriteStream(target, Codec.Head, request, answer, Two);
        var inner = ModelStreamInferResponse.Parser.ParseFrom(target.WrittenSpan).InferResponse;
        Assert.True(inner.Parameters["triton_final_response"].BoolParam);
        inner.Parameters.Remove("triton_final_response");
        Assert.Equal(Messages.Write(Two, request, answer), inner);
    }

    [Theory]
    [InlineData("")]
    [InlineData("é-1")]
    public void WriteStreamError_Message_NamesTheRequest(string id)
    {
        var target = new ArrayBufferWriter<byte>();
        GrpcInferWriter.WriteStreamError(target, "Input 'é' has no 'name'.", System.Text.Encoding.UTF8.GetBytes(id));
        var answer = ModelStreamInferResponse.Parser.ParseFrom(target.WrittenSpan);
        Assert.Equal("Input 'é' has no 'name'.", answer.ErrorMessage);
        Assert.Equal(id, answer.InferResponse.Id);
    }

    [Fact]
    public void Write_NoRowsAndNoPrediction_LeavesTheParameterOut()
    {
        var codec = new SignatureCodec(new Signature([new TensorSpec("x", TensorType.Int8, [-1])], [new TensorSpec("y", TensorType.Float32, [-1, 2])]));
        var request = Messages.Read(codec, Messages.Request(Messages.Input("x", "INT8", [0])).Raw([[]]));
        var answer = new InferAnswer();
        answer.FillEmpty(codec);
        var target = new ArrayBufferWriter<byte>();
        GrpcInferWriter.Write(target, new AnswerHead { Model = "m"u8, Version = ""u8, ServerGroup = "g"u8 }, request, answer, codec);
        var message = ModelInferResponse.Parser.ParseFrom(target.WrittenSpan);
        Assert.Equal(["server_group"], message.Parameters.Keys);
        Assert.Equal([0L, 2L], message.Outputs[0].Shape);
        Assert.Empty(Assert.Single(message.RawOutputContents));
    }

    private static string Describe(ModelInferResponse.Types.InferOutputTensor output) => $"{output.Name} {output.Datatype} [{string.Join(',', output.Shape)}]";
}
