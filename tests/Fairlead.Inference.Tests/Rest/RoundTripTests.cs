using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Inference.Rest;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Rest;

/// <summary>JSON, block, model, block, JSON.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData(OnnxType.Bool, "BOOL", "[true,false,true]")]
    [InlineData(OnnxType.UInt8, "UINT8", "[0,1,255]")]
    [InlineData(OnnxType.Int8, "INT8", "[-128,0,127]")]
    [InlineData(OnnxType.UInt16, "UINT16", "[0,1,65535]")]
    [InlineData(OnnxType.Int16, "INT16", "[-32768,0,32767]")]
    [InlineData(OnnxType.UInt32, "UINT32", "[0,1,4294967295]")]
    [InlineData(OnnxType.Int32, "INT32", "[-2147483648,0,2147483647]")]
    [InlineData(OnnxType.UInt64, "UINT64", "[0,1,18446744073709551615]")]
    [InlineData(OnnxType.Int64, "INT64", "[-9223372036854775808,0,9223372036854775807]")]
    [InlineData(OnnxType.Float, "FP32", "[0.1,-0,3.4028235E+38]")]
    [InlineData(OnnxType.Float, "FP32", "[1E-45,16777216,1.1920929E-07]")]
    [InlineData(OnnxType.Double, "FP64", "[0.1,-0,1.7976931348623157E+308]")]
    [InlineData(OnnxType.String, "BYTES", """["","a\"\\\n\u0001é東🛫","x"]""")]
    public void Identity_EveryType_GivesBackTheSameText(OnnxType type, string datatype, string data)
    {
        using var session = Codec.Load(TestModels.Identity(type, "N"));
        var answer = Codec.Answer(session, $$"""{"inputs":[{"name":"x","shape":[3],"datatype":"{{datatype}}","data":{{data}}}]}""");
        Assert.Equal(data, Codec.Data(answer));
        Assert.Contains($"\"datatype\":\"{datatype}\",\"shape\":[3]", answer);
    }

    [Fact]
    public void Identity_RandomFloats_KeepEveryBit()
    {
        using var session = Codec.Load(TestModels.Identity(OnnxType.Float, "N"));
        var random = new Random(7);
        var values = Enumerable.Range(0, 5000).Select(_ => BitConverter.Int32BitsToSingle(random.Next())).Where(float.IsFinite).ToArray();
        var answer = Codec.Answer(session, $$"""{"inputs":[{"name":"x","shape":[{{values.Length}}],"datatype":"FP32","data":{{JsonSerializer.Serialize(values)}}}]}""");
        Assert.Equal(values, JsonSerializer.Deserialize<float[]>(Codec.Data(answer)));
    }

    [Fact]
    public void Mixed_TwoRows_GivesTheGoldenAnswer()
    {
        using var session = Codec.Load(TestModels.Mixed());
        var answer = Codec.Answer(session, """
            {"id":"c-\"1\"","inputs":[
              {"name":"hour","shape":[2,1],"datatype":"INT64","data":[[8],[9]]},
              {"name":"city","shape":[2,1],"datatype":"BYTES","data":["Oslo","Bergen"]},
              {"name":"distance","shape":[2,1],"datatype":"FP32","data":[0.25,1]}]}
            """);
        Assert.Equal(
            """{"model_name":"m","model_version":"3","id":"c-\"1\"","parameters":{"prediction_id":"0190b6a0-0000-7000-8000-000000000000","server_group":"late-prod-v003"},"outputs":[{"name":"score","datatype":"FP32","shape":[2,1],"data":[1.55,1.9000001]},{"name":"band","datatype":"BYTES","shape":[2,1],"data":["early","day"]}]}""",
            answer);
    }

    [Fact]
    public void Mixed_OneOutputAskedFor_AnswersItAndLogsAll()
    {
        using var session = Codec.Load(TestModels.Mixed());
        var request = Codec.Read(session.Codec, """
            {"outputs":[{"name":"band"}],"inputs":[
              {"name":"city","shape":[1,1],"datatype":"BYTES","data":["Rome"]},
              {"name":"hour","shape":[1,1],"datatype":"INT64","data":[20]},
              {"name":"distance","shape":[1,1],"datatype":"FP32","data":[0]}]}
            """);
        var answer = new InferAnswer();
        session.Run(request, answer);
        Assert.EndsWith("""
            "outputs":[{"name":"band","datatype":"BYTES","shape":[1,1],"data":["late"]}]}
            """.Trim(), Codec.Write(session, request, answer));
        Assert.Equal([TensorType.Float32, TensorType.Bytes], Codec.Tensors(answer.OutputBlock).Select(tensor => tensor.Type));
    }

    [Fact]
    public void Simple_FixedShape_AddsAndSubtracts()
    {
        using var session = Codec.Load(TestModels.Simple());
        var left = string.Join(',', Enumerable.Range(0, 16));
        var right = string.Join(',', Enumerable.Repeat(1, 16));
        var answer = Codec.Answer(session, $$"""{"inputs":[{"name":"INPUT0","shape":[1,16],"datatype":"INT32","data":[{{left}}]},{"name":"INPUT1","shape":[1,16],"datatype":"INT32","data":[[{{right}}]]}]}""");
        Assert.Equal($"[{string.Join(',', Enumerable.Range(1, 16))}]", Codec.Data(answer, 0));
        Assert.Equal($"[{string.Join(',', Enumerable.Range(-1, 16))}]", Codec.Data(answer, 1));
    }

    [Fact]
    public void Answer_NumbersThatJsonHasNot_AreNull()
    {
        using var session = Codec.Load(TestModels.Add());
        var answer = Codec.Answer(session, """{"inputs":[{"name":"a","shape":[2,1],"datatype":"FP32","data":[3e38,-3e38]},{"name":"b","shape":[2,1],"datatype":"FP32","data":[3e38,-3e38]}]}""");
        Assert.Equal("[null,null]", Codec.Data(answer));
    }

    [Fact]
    public void Answer_LargerThanAnyChunk_IsWhole()
    {
        using var session = Codec.Load(TestModels.Identity(OnnxType.String, "N"));
        var texts = Enumerable.Range(0, 3000).Select(i => new string((char)('a' + (i % 26)), i % 700) + "é\"").ToArray();
        var answer = Codec.Answer(session, $$"""{"inputs":[{"name":"x","shape":[3000],"datatype":"BYTES","data":{{JsonSerializer.Serialize(texts)}}}]}""");
        Assert.Equal(texts, JsonSerializer.Deserialize<string[]>(Codec.Data(answer)));
    }

    [Theory]
    [InlineData(OnnxType.Float16, new byte[] { 0x00, 0x3C }, "[1]")]
    [InlineData(OnnxType.BFloat16, new byte[] { 0xC0, 0x3F }, "[1.5]")]
    public void Answer_HalfPrecision_IsWrittenAsNumbers(OnnxType type, byte[] raw, string data)
    {
        using var session = Codec.Load(TestModels.Identity(type, "N"));
        var block = new byte[TensorBlock.HeaderSize(1) + raw.Length];
        raw.CopyTo(block, TensorBlock.WriteHeader(block, session.Signature.Inputs[0].Type, [1], raw.Length));
        var request = new InferRequest();
        request.Fill(1, block);
        var answer = new InferAnswer();
        session.Run(request, answer);
        Assert.Equal(data, Codec.Data(Codec.Write(session, request, answer)));
    }
}
