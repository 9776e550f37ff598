using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Tests.OnnxModels;
using Google.Protobuf;

namespace Fairlead.Inference.Tests.Grpc;

/// <summary>One clear sentence for everything that can be wrong with a message.</summary>
public sealed class GrpcRefusalTests
{
    private static readonly SignatureCodec Simple = Codec.Of(new TensorSpec("INPUT0", TensorType.Int32, [-1, 2]), new TensorSpec("INPUT1", TensorType.Int8, [-1]));

    [Fact]
    public void Read_ContentsBesideRaw_SaysWhatClientsLookFor()
    {
        var contents = new InferTensorContents { IntContents = { 1, 2 } };
        var message = Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2], contents), Messages.Input("INPUT1", "INT8", [1])).Raw([1]);
        AssertRefused("contents field must not be specified when using raw_input_contents for 'INPUT0' for model 'm'", message);
    }

    [Fact]
    public void Read_FewerRawThanInputs_SaysForWhichThereIsNone() =>
        AssertRefused(
            "unable to find data for input tensor 'INPUT1' for model 'm' in request: it has 1 raw_input_contents for 2 inputs.",
            Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2]), Messages.Input("INPUT1", "INT8", [1])).Raw(new byte[8]));

    [Fact]
    public void Read_MoreRawThanInputs_SaysHowMany() =>
        AssertRefused(
            "The request for model 'm' has 3 raw_input_contents for 2 inputs; expected one for each.",
            Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2]), Messages.Input("INPUT1", "INT8", [1])).Raw(new byte[8], new byte[1], new byte[1]));

    [Fact]
    public void Read_NoElements_SaysForWhich() =>
        AssertRefused("unable to find data for input tensor 'INPUT0' for model 'm' in request", Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2])));

    [Fact]
    public void Read_WrongInputs_SaysWhatAndWhich()
    {
        AssertRefused("The request for model 'm' lacks the input 'INPUT0'; expected 'INPUT0', 'INPUT1'.", Messages.Request());
        AssertRefused("lacks the input 'INPUT1'", Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2])).Raw(new byte[8]));
        AssertRefused("Model 'm' has no input 'INPUTO'; did you mean 'INPUT0'?", Messages.Request(Messages.Input("INPUTO", "INT32", [1, 2])).Raw(new byte[8]));
        AssertRefused("An input of the request for model 'm' has no 'name'.", Messages.Request(Messages.Input("", "INT32", [1, 2])).Raw(new byte[8]));
        AssertRefused("Input 'INPUT0' has no 'datatype'; expected 'INT32'.", Messages.Request(Messages.Input("INPUT0", "", [1, 2])).Raw(new byte[8]));
        AssertRefused("Input 'INPUT0' has datatype 'INT64'; expected 'INT32'.", Messages.Request(Messages.Input("INPUT0", "INT64", [1, 2])).Raw(new byte[8]));
        AssertRefused("Input 'INPUT0' has shape [2]; expected [-1,2], where -1 is any number.", Messages.Request(Messages.Input("INPUT0", "INT32", [2])).Raw(new byte[8]));
        AssertRefused("Input 'INPUT0' has '-1' in 'shape'; expected dimensions that are whole numbers from 0.", Messages.Request(Messages.Input("INPUT0", "INT32", [-1, 2])).Raw(new byte[8]));
        AssertRefused("Input 'INPUT0' has shape [9223372036854775807,2], which causes total element count to exceed maximum size", Messages.Request(Messages.Input("INPUT0", "INT32", [long.MaxValue, 2])).Raw(new byte[8]));
        AssertRefused("An input has a 'shape' of more than 8 dimensions.", Messages.Request(Messages.Input("INPUT0", "INT32", [1, 1, 1, 1, 1, 1, 1, 1, 2])).Raw(new byte[8]));
        AssertRefused("Input 'INPUT0' has 7 bytes, and its shape [1,2] of INT32 takes 8.", Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2])).Raw(new byte[7]));
        AssertRefused("Input 'INPUT0' is in the request twice.", Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2]), Messages.Input("INPUT0", "INT32", [1, 2])).Raw(new byte[8], new byte[8]));
        AssertRefused("Input 'INPUT1' has 2 rows where an input before it has 1; expected the same number in all.", Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2]), Messages.Input("INPUT1", "INT8", [2])).Raw(new byte[8], new byte[2]));
    }

    [Fact]
    public void Read_WrongContents_SaysWhatAndWhich()
    {
        AssertRefused("Input 'INPUT0' has 1 elements in 'contents', and its shape [1,2] holds 2.", Typed("INPUT0", "INT32", [1, 2], new InferTensorContents { IntContents = { 1 } }));
        AssertRefused("Input 'INPUT0' has 3 elements in 'contents', and its shape [1,2] holds 2.", Typed("INPUT0", "INT32", [1, 2], new InferTensorContents { IntContents = { 1, 2, 3 } }));
        AssertRefused(
            "unexpected explicit tensor data for input tensor 'INPUT0' for model 'm' of type 'FP32', expected datatype 'INT32'",
            Typed("INPUT0", "INT32", [1, 2], new InferTensorContents { Fp32Contents = { 1, 2 } }));
        AssertRefused(
            "unexpected explicit tensor data for input tensor 'INPUT0' for model 'm' of type 'BYTES', expected datatype 'INT32'",
            Typed("INPUT0", "INT32", [1, 2], new InferTensorContents { IntContents = { 1, 2 }, BytesContents = { ByteString.Empty } }));
        AssertRefused("Input 'INPUT1' has '128' in 'contents'; expected a whole number from -128 to 127 (INT8).", Typed("INPUT1", "INT8", [1], new InferTensorContents { IntContents = { 128 } }));
        AssertRefused("Input 'INPUT1' has '-129' in 'contents'", Typed("INPUT1", "INT8", [1], new InferTensorContents { IntContents = { -129 } }));
    }

    [Theory]
    [InlineData(TensorType.UInt8, 256U, "from 0 to 255 (UINT8)")]
    [InlineData(TensorType.UInt16, 65536U, "from 0 to 65535 (UINT16)")]
    [InlineData(TensorType.UInt16, uint.MaxValue, "Input 'x' has '4294967295' in 'contents'")]
    public void Read_UnsignedOutOfRange_NamesTheRange(TensorType type, uint value, string message)
    {
        var request = Messages.Request(Messages.Input("x", type.WireName(), [1], new InferTensorContents { UintContents = { value } }));
        Assert.Contains(message, Messages.Refused(Codec.Of(new TensorSpec("x", type, [-1])), request.ToByteArray()).Message);
    }

    [Fact]
    public void Read_HalfPrecisionTyped_SaysHowToSendIt()
    {
        var request = Messages.Request(Messages.Input("x", "FP16", [1], new InferTensorContents { Fp32Contents = { 1 } }));
        Assert.Equal("Input 'x' is FP16, for which 'contents' has no field; send it in raw_input_contents.", Messages.Refused(Codec.Of(new TensorSpec("x", TensorType.Float16, [-1])), request.ToByteArray()).Message);
    }

    [Fact]
    public void Read_WrongParameter_NamesItAndWhatWasExpected()
    {
        AssertParameter("timeout", new InferParameter { Int64Param = -5 }, "The request has '-5' in the parameter 'timeout'; expected a whole number of microseconds from 0.");
        AssertParameter("timeout", new InferParameter { StringParam = "1" }, "The request has a string in the parameter 'timeout'");
        AssertParameter("timeout", new InferParameter { Uint64Param = ulong.MaxValue }, "The request has '18446744073709551615' in the parameter 'timeout'");
        AssertParameter("priority", new InferParameter { DoubleParam = 1 }, "The request has another kind of value in the parameter 'priority'; expected a whole number from 0.");
        AssertParameter("sequence_start", new InferParameter { Int64Param = 1 }, "The request has '1' in the parameter 'sequence_start'; expected true or false.");
        AssertParameter("triton_mine", new InferParameter { BoolParam = true }, "parameter keys starting with 'triton_' are reserved for Triton usage");
        AssertParameter("triton_enable_empty_final_response", new InferParameter { Int64Param = 1 }, "expected true or false");
    }

    [Fact]
    public void Read_WrongOutput_SaysWhy()
    {
        AssertOutput(new() { Name = "Y" }, "Model 'm' has no output 'Y'; did you mean 'y'?", "Model 'm' has no output 'Y'; known: y");
        AssertOutput(new(), "An output of the request for model 'm' has no 'name'.");
        AssertOutput(new() { Name = "y", Parameters = { ["classification"] = new InferParameter { StringParam = "2" } } }, "An output has a string in the parameter 'classification'; expected a whole number of classes from 0.");
        AssertOutput(new() { Name = "y", Parameters = { ["shared_memory_region"] = new InferParameter { StringParam = "r" } } }, "An output is in a shared memory region");
    }

    [Fact]
    public void Read_SharedMemory_IsRefused()
    {
        var message = Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2]));
        message.Inputs[0].Parameters["shared_memory_region"] = new InferParameter { StringParam = "r" };
        AssertRefused("Input 'INPUT0' is in a shared memory region", message);
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 5, 65 }, "The request is no protobuf message at byte 1: a field of 5 bytes is longer than what is left.")]
    [InlineData(new byte[] { 0x08, 0x80 }, "at byte 2: the message ends in the middle of a number.")]
    [InlineData(new byte[] { 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1 }, "a number has more than 10 bytes")]
    [InlineData(new byte[] { 0x0F }, "the wire type '7' cannot be")]
    [InlineData(new byte[] { 0x00 }, "the field's tag '0' cannot be")]
    [InlineData(new byte[] { 0x0D, 1, 2 }, "the message ends in the middle of a field")]
    [InlineData(new byte[] { 0x0C }, "a group ends that did not begin")]
    [InlineData(new byte[] { 0x0B, 0x14 }, "a group ends that did not begin")]
    [InlineData(new byte[] { 0x0B }, "the message ends in the middle of a group")]
    [InlineData(new byte[] { 0x2A, 2, 0x0A, 5 }, "at byte 3: a field of 5 bytes is longer than what is left")]
    public void Read_NoMessage_SaysWhere(byte[] body, string message) => Assert.Contains(message, Messages.Refused(Simple, body).Message);

    [Fact]
    public void Read_DeepGroups_AreRefused()
    {
        var e = Messages.Refused(Simple, [.. Enumerable.Repeat((byte)0x7B, 100_000)]);
        Assert.Contains("groups are nested more than 64 deep", e.Message);
    }

    [Fact]
    public void Read_LongOrBrokenId_IsRefused()
    {
        var message = Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2]), Messages.Input("INPUT1", "INT8", [1])).Raw(new byte[8], new byte[1]).ToByteArray();
        Assert.Contains("The request has an 'id' of 1025 bytes", Messages.Refused(Simple, [.. message, .. new ProtoWriter().Text(3, new string('i', 1025)).ToArray()]).Message);
        Assert.Contains("The request has an 'id' that is not UTF-8", Messages.Refused(Simple, [.. message, .. new ProtoWriter().Bytes(3, [65, 255]).ToArray()]).Message);
    }

    [Fact]
    public void Read_TooManyRows_IsTooLarge()
    {
        const int rows = PredictionId.MaxRows + 1;
        var message = Messages.Request(Messages.Input("x", "UINT8", [rows])).Raw(new byte[rows]).ToByteArray();
        Assert.Equal(ProblemKind.TooLarge, Messages.Refused(Codec.Of(new TensorSpec("x", TensorType.UInt8, [-1])), message).Kind);
    }

    [Fact]
    public void Read_TensorsThatFitInNoBlock_AreTooLarge()
    {
        // A byte on the wire for 8 in memory.
        var elements = new byte[(1 << 25) + 1];
        var input = new ProtoWriter().Text(1, "x").Text(2, "INT64").Integer(3, 1).Integer(3, elements.Length).Message(5, new ProtoWriter().Bytes(3, elements));
        var body = new ProtoWriter().Message(5, input).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(ProblemKind.TooLarge, Messages.Refused(Codec.Of(new TensorSpec("x", TensorType.Int64, [-1, -1])), body).Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static ModelInferRequest Typed(string name, string datatype, long[] shape, InferTensorContents contents) =>
        Messages.Request(Messages.Input(name, datatype, shape, contents));

    private static void AssertParameter(string key, InferParameter value, string expected)
    {
        var message = Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2])).Raw(new byte[8]);
        message.Parameters[key] = value;
        AssertRefused(expected, message);
    }

    private static void AssertOutput(ModelInferRequest.Types.InferRequestedOutputTensor output, params string[] expected)
    {
        var message = Messages.Request(Messages.Input("INPUT0", "INT32", [1, 2])).Raw(new byte[8]);
        message.Outputs.Add(output);
        var e = Messages.Refused(Simple, message.ToByteArray());
        Assert.Contains(expected, text => e.Message.Contains(text, StringComparison.Ordinal));
    }

    private static void AssertRefused(string expected, ModelInferRequest message)
    {
        var e = Messages.Refused(Simple, message.ToByteArray());
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(expected, e.Message);
    }
}
