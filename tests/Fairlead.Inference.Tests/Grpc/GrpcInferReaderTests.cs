using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Grpc;
using Fairlead.Inference.Tests.OnnxModels;
using Google.Protobuf;

namespace Fairlead.Inference.Tests.Grpc;

public sealed class GrpcInferReaderTests
{
    private static readonly SignatureCodec Simple = Codec.Of(new TensorSpec("INPUT0", TensorType.Int32, [-1, 2]), new TensorSpec("INPUT1", TensorType.Bytes, [-1]));

    [Theory]
    [InlineData(TensorType.Bool, "010001")]
    [InlineData(TensorType.UInt8, "00FF07")]
    [InlineData(TensorType.Int8, "807FFF")]
    [InlineData(TensorType.UInt16, "0000FFFF0100")]
    [InlineData(TensorType.Int16, "0080FF7FFFFF")]
    [InlineData(TensorType.UInt32, "00000000FFFFFFFF01000000")]
    [InlineData(TensorType.Int32, "00000080FFFFFF7FFFFFFFFF")]
    [InlineData(TensorType.UInt64, "FFFFFFFFFFFFFFFF00000000000000000100000000000000")]
    [InlineData(TensorType.Int64, "0000000000000080FFFFFFFFFFFFFF7FFFFFFFFFFFFFFFFF")]
    [InlineData(TensorType.Float32, "0000C07F0000807F00000080")]
    [InlineData(TensorType.Float64, "000000000000F0FF000000000000F87F9A9999999999B93F")]
    [InlineData(TensorType.Bytes, "000000000200000041FF0100000042")]
    [InlineData(TensorType.Float16, "003C00C0FF7F")]
    [InlineData(TensorType.BFloat16, "803F00C0FF7F")]
    public void Read_EveryType_TypedOrRaw_IsTheSame(TensorType type, string raw)
    {
        var codec = Codec.Of(new TensorSpec("x", type, [-1]));
        var bytes = Convert.FromHexString(raw);
        var request = Messages.Read(codec, Messages.Request(Messages.Input("x", type.WireName(), [3])).Raw(bytes));
        Assert.Equal(raw, Convert.ToHexString(Assert.Single(Codec.Tensors(request.InputBlock)).Data));
        Assert.Equal(3, request.Rows);
        if (type is TensorType.Float16 or TensorType.BFloat16)
            return;
        var contents = TypedContents.Of(type, bytes);
        request = Messages.Read(codec, Messages.Request(Messages.Input("x", type.WireName(), [3], contents)));
        Assert.Equal(raw, Convert.ToHexString(Assert.Single(Codec.Tensors(request.InputBlock)).Data));
        request = new InferRequest();
        GrpcInferReader.Read(TypedContents.Unpacked(type, bytes, "x", 3), codec, "m", request);
        Assert.Equal(raw, Convert.ToHexString(Assert.Single(Codec.Tensors(request.InputBlock)).Data));
    }

    [Fact]
    public void Read_InputsInAnotherOrder_AreTheSignatures()
    {
        var message = Messages.Request(Messages.Input("INPUT1", "BYTES", [2]), Messages.Input("INPUT0", "INT32", [2, 2])).Raw([1, 0, 0, 0, 65, 0, 0, 0, 0], [.. Enumerable.Range(0, 16).Select(i => (byte)i)]);
        message.Id = "é-1";
        message.ModelVersion = "3";
        var request = Messages.Read(Simple, message);
        var tensors = Codec.Tensors(request.InputBlock);
        Assert.Equal([2L, 2L], tensors[0].Shape);
        Assert.Equal(15, tensors[0].Data[^1]);
        Assert.Equal([1, 0, 0, 0, 65, 0, 0, 0, 0], tensors[1].Data);
        Assert.Equal("é-1", Encoding.UTF8.GetString(request.Id));
    }

    [Fact]
    public void Read_RawContentsBeforeInputsAndUnknownFields_IsTheSame()
    {
        var input = new ProtoWriter().Bytes(99, [1, 2]).Integer(3, 1).Integer(3, 2).Text(2, "wrong").Text(1, "INPUT0").Text(2, "INT32");
        var message = new ProtoWriter()
            .Bytes(7, [1, 0, 0, 0, 2, 0, 0, 0]).Integer(7, 5).Text(1, "other").Message(5, input).Single(5, 1)
            .Message(5, new ProtoWriter().Text(1, "INPUT1").Bytes(3, [1]).Text(2, "BYTES"))
            .Bytes(7, [0, 0, 0, 0]).Text(1, "m").Text(3, "first").Text(3, "last").ToArray();
        byte[] group = [(15 << 3) | 3, (16 << 3) & 0x7F | 0x80 | 3, 1, 8, 5, (16 << 3) & 0x7F | 0x80 | 4, 1, (15 << 3) | 4];
        var request = new InferRequest();
        GrpcInferReader.Read([.. group, .. message], Simple, "m", request);
        Assert.Equal("last", Encoding.UTF8.GetString(request.Id));
        Assert.Equal([1L, 2L], Codec.Tensors(request.InputBlock)[0].Shape);
        Assert.True(GrpcInferReader.TryReadTarget([.. group, .. message], out var model, out var version));
        Assert.Equal("m", Encoding.UTF8.GetString(model));
        Assert.True(version.IsEmpty);
    }

    [Fact]
    public void Read_ContentsInParts_AreMerged()
    {
        var first = new InferTensorContents { IntContents = { 1, -2 } };
        var second = new InferTensorContents { IntContents = { 3 } };
        var input = new ProtoWriter().Bytes(5, first.ToByteArray()).Text(1, "x").Text(2, "INT32").Bytes(3, [3]).Bytes(5, second.ToByteArray()).Bytes(5, []);
        var request = new InferRequest();
        GrpcInferReader.Read(new ProtoWriter().Message(5, input).ToArray(), Codec.Of(new TensorSpec("x", TensorType.Int32, [-1])), "m", request);
        Assert.Equal("01000000FEFFFFFF03000000", Convert.ToHexString(Assert.Single(Codec.Tensors(request.InputBlock)).Data));
    }

    [Fact]
    public void Read_ParametersAndOutputs_AreKept()
    {
        var codec = new SignatureCodec(new Signature([new TensorSpec("x", TensorType.Int8, [-1])], [new TensorSpec("y", TensorType.Float32, [-1]), new TensorSpec("z", TensorType.Float32, [-1])]));
        var message = Messages.Request(Messages.Input("x", "INT8", [1])).Raw([1]);
        message.Parameters["timeout"] = new InferParameter { Int64Param = 99 };
        message.Parameters["priority"] = new InferParameter { Uint64Param = ulong.MaxValue };
        message.Parameters["mine"] = new InferParameter { DoubleParam = 1.5 };
        message.Parameters["none"] = new InferParameter();
        message.Parameters["sequence_id"] = new InferParameter { StringParam = "s" };
        message.Parameters["triton_enable_empty_final_response"] = new InferParameter { BoolParam = true };
        message.Inputs[0].Parameters["content_type"] = new InferParameter { StringParam = "np" };
        message.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "z", Parameters = { ["classification"] = new InferParameter { Int64Param = 2 } } });
        var request = Messages.Read(codec, message);
        Assert.Equal(99, request.TimeoutMicroseconds);
        Assert.Equal(ulong.MaxValue, request.Priority);
        Assert.False(request.Outputs.Has(0));
        Assert.True(request.Outputs.Has(1));
        Assert.Equal(2, request.Outputs.Classes(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_NoRows_IsEmpty(bool isRaw)
    {
        var message = Messages.Request(Messages.Input("INPUT0", "INT32", [0, 2]), Messages.Input("INPUT1", "BYTES", [0]));
        Assert.True(Messages.Read(Simple, isRaw ? message.Raw([], []) : message).IsEmpty);
    }

    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 1 })]
    public void Read_Scalar_HasNoDimensions(long[] shape)
    {
        var request = Messages.Read(Codec.Of(new TensorSpec("x", TensorType.Float32, [])), Messages.Request(Messages.Input("x", "FP32", shape)).Raw([0, 0, 128, 63]));
        Assert.Equal(1, request.Rows);
        Assert.Empty(Assert.Single(Codec.Tensors(request.InputBlock)).Shape);
    }

    [Fact]
    public void Read_ModelWithoutInputs_IsOneRow()
    {
        var codec = new SignatureCodec(new Signature([], [new TensorSpec("y", TensorType.Float32, [1])]));
        Assert.Equal(1, Messages.Read(codec, Messages.Request()).Rows);
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 5, 65 })]
    [InlineData(new byte[] { 0x0F })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x00, 0x01 })]
    public void TryReadTarget_NoMessage_IsFalse(byte[] body) => Assert.False(GrpcInferReader.TryReadTarget(body, out _, out _));

    [Fact]
    public void TryReadTarget_Request_GivesNameAndVersion()
    {
        var message = Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2])).Raw(new byte[70_000]);
        message.ModelVersion = "7";
        Assert.True(GrpcInferReader.TryReadTarget(message.ToByteArray(), out var model, out var version));
        Assert.Equal("m", Encoding.UTF8.GetString(model));
        Assert.Equal("7", Encoding.UTF8.GetString(version));
        Assert.True(GrpcInferReader.TryReadTarget([], out model, out version));
        Assert.True(model.IsEmpty && version.IsEmpty);
    }
}
