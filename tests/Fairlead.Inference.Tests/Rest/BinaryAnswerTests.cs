using System.Buffers;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Inference.Rest;

namespace Fairlead.Inference.Tests.Rest;

public sealed class BinaryAnswerTests
{
    private const string Head = """{"model_name":"m","model_version":"3","parameters":{"prediction_id":"0190b6a0-0000-7000-8000-000000000000","server_group":"late-prod-v003"},"outputs":[""";
    private const string Input = "\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]";

    private static readonly SignatureCodec Triple = new(new Signature(
        [new TensorSpec("x", TensorType.Int8, [-1])],
        [new TensorSpec("half", TensorType.Float16, [-1, 2]), new TensorSpec("text", TensorType.Bytes, [-1]), new TensorSpec("flag", TensorType.Bool, [-1])]));

    [Theory]
    [InlineData("", null, """{"name":"half","datatype":"FP16","shape":[1,2],"data":[1,-2]},{"name":"text","datatype":"BYTES","shape":[1],"data":["AB"]},{"name":"flag","datatype":"BOOL","shape":[1],"data":[true]}]}""", "")]
    [InlineData(""", "parameters":{"binary_data_output":false}""", null, """{"name":"half","datatype":"FP16","shape":[1,2],"data":[1,-2]},{"name":"text","datatype":"BYTES","shape":[1],"data":["AB"]},{"name":"flag","datatype":"BOOL","shape":[1],"data":[true]}]}""", "")]
    [InlineData(""", "parameters":{"binary_data_output":true}""", true, """{"name":"half","datatype":"FP16","shape":[1,2],"parameters":{"binary_data_size":4}},{"name":"text","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":6}},{"name":"flag","datatype":"BOOL","shape":[1],"parameters":{"binary_data_size":1}}]}""", "003C00C002000000414201")]
    [InlineData(""", "parameters":{"binary_data_output":true},"outputs":[{"name":"text","parameters":{"binary_data":false}},{"name":"half"}]""", true, """{"name":"half","datatype":"FP16","shape":[1,2],"parameters":{"binary_data_size":4}},{"name":"text","datatype":"BYTES","shape":[1],"data":["AB"]}]}""", "003C00C0")]
    [InlineData(""", "outputs":[{"name":"flag","parameters":{"binary_data":true,"other":[1]}},{"name":"text"}]""", true, """{"name":"text","datatype":"BYTES","shape":[1],"data":["AB"]},{"name":"flag","datatype":"BOOL","shape":[1],"parameters":{"binary_data_size":1}}]}""", "01")]
    public void Write_EachFormThatCanBeAskedFor_IsGiven(string ask, bool? hasHeader, string outputs, string tensors)
    {
        var request = Codec.Read(Triple, $$"""{ {{Input}}{{ask}} }""");
        var answer = Codec.AnswerOf((TensorType.Float16, [1, 2], [0x00, 0x3C, 0x00, 0xC0]), (TensorType.Bytes, [1], [2, 0, 0, 0, 65, 66]), (TensorType.Bool, [1], [1]));
        var target = new ArrayBufferWriter<byte>();
        var header = RestInferWriter.Write(target, Codec.Head, request, answer, Triple);
        var json = Encoding.UTF8.GetBytes(Head + outputs);
        Assert.Equal(Head + outputs, Encoding.UTF8.GetString(target.WrittenSpan[..json.Length]));
        Assert.Equal(tensors, Convert.ToHexString(target.WrittenSpan[json.Length..]));
        Assert.Equal(hasHeader is null ? null : json.Length, header);
    }

    [Fact]
    public void Write_RawRequest_AnswersAllInBinary()
    {
        var request = new InferRequest();
        RestInferReader.Read([1], 0, Triple, "m", request);
        var target = new ArrayBufferWriter<byte>();
        var answer = Codec.AnswerOf((TensorType.Float16, [1, 2], [0, 0, 0, 0]), (TensorType.Bytes, [1], [0, 0, 0, 0]), (TensorType.Bool, [1], [0]));
        var header = RestInferWriter.Write(target, Codec.Head, request, answer, Triple);
        Assert.Equal(9, target.WrittenCount - header);
    }

    [Fact]
    public void Write_LongAnswer_SaysTheJsonsLength()
    {
        var codec = new SignatureCodec(new Signature([new TensorSpec("x", TensorType.Int8, [-1])], [.. Enumerable.Range(0, 40).Select(i => new TensorSpec($"output{i}", TensorType.Float64, [-1]))]));
        var random = new Random(1);
        var data = new byte[4000];
        random.NextBytes(data);
        var request = Codec.Read(codec, $$"""{ {{Input}}, "outputs":[{{string.Join(',', Enumerable.Range(0, 40).Select(i => $$$"""{"name":"output{{{i}}}","parameters":{"binary_data":{{{(i % 2 == 0 ? "true" : "false")}}}}}"""))}}] }""");
        var target = new ArrayBufferWriter<byte>();
        var header = RestInferWriter.Write(target, Codec.Head, request, Codec.AnswerOf([.. Enumerable.Repeat((TensorType.Float64, new long[] { 500 }, data), 40)]), codec);
        Assert.Equal(20 * data.Length, target.WrittenCount - header);
        Assert.Equal((byte)'}', target.WrittenSpan[header!.Value - 1]);
        Assert.Equal(data, target.WrittenSpan[^data.Length..]);
    }

    [Fact]
    public void Write_NoPrediction_LeavesItsParameterOut()
    {
        var request = Codec.Read(Triple, """{"inputs":[{"name":"x","shape":[0],"datatype":"INT8","data":[]}]}""");
        var answer = new InferAnswer();
        answer.FillEmpty(Triple);
        var target = new ArrayBufferWriter<byte>();
        Assert.Null(RestInferWriter.Write(target, new AnswerHead { Model = "m"u8, Version = "3"u8, ServerGroup = "g"u8 }, request, answer, Triple));
        Assert.Equal(
            """{"model_name":"m","model_version":"3","parameters":{"server_group":"g"},"outputs":[{"name":"half","datatype":"FP16","shape":[0,2],"data":[]},{"name":"text","datatype":"BYTES","shape":[0],"data":[]},{"name":"flag","datatype":"BOOL","shape":[0],"data":[]}]}""",
            Encoding.UTF8.GetString(target.WrittenSpan));
    }
}
