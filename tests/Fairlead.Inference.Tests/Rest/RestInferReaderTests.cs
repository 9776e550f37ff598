using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Inference.Rest;

namespace Fairlead.Inference.Tests.Rest;

public sealed class RestInferReaderTests
{
    private static readonly SignatureCodec Mixed = new(new Signature(
        [new TensorSpec("city", TensorType.Bytes, [-1, 1]), new TensorSpec("hour", TensorType.Int64, [-1, 1]), new TensorSpec("distance", TensorType.Float32, [-1, 1])],
        [new TensorSpec("score", TensorType.Float32, [-1, 1]), new TensorSpec("band", TensorType.Bytes, [-1, 1])]));

    private const string City = """{"name":"city","shape":[2,1],"datatype":"BYTES","data":["Oslo","Rome"]}""";
    private const string Hour = """{"name":"hour","shape":[2,1],"datatype":"INT64","data":[8,-9223372036854775808]}""";
    private const string Distance = """{"name":"distance","shape":[2,1],"datatype":"FP32","data":[0.1,3]}""";

    [Theory]
    [InlineData($$"""{"id":"a","inputs":[{{City}},{{Hour}},{{Distance}}]}""")]
    [InlineData($$"""{"inputs":[{{Distance}},{{City}},{{Hour}}],"id":"a"}""")]
    [InlineData($$"""{"parameters":{"binary_data_output":true,"x":[{}]},"inputs":[{{Hour}},{{Distance}},{{City}}],"outputs":[{"name":"score","parameters":{} }],"new":1,"id":"a"}""")]
    public void Read_AnyOrder_GivesTheSignaturesOrder(string json)
    {
        var request = Codec.Read(Mixed, json);
        var tensors = Codec.Tensors(request.InputBlock);
        Assert.Equal(2, request.Rows);
        Assert.Equal("a", Encoding.UTF8.GetString(request.Id));
        Assert.Equal([TensorType.Bytes, TensorType.Int64, TensorType.Float32], tensors.Select(tensor => tensor.Type));
        Assert.All(tensors, tensor => Assert.Equal([2L, 1L], tensor.Shape));
        Assert.Equal([4, 0, 0, 0, .. "Oslo"u8, 4, 0, 0, 0, .. "Rome"u8], tensors[0].Data);
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80], tensors[1].Data);
        Assert.Equal([.. BitConverter.GetBytes(0.1f), .. BitConverter.GetBytes(3f)], tensors[2].Data);
    }

    [Theory]
    [InlineData("""{"data":[[1,2],[3,4]],"datatype":"INT32","shape":[2,2],"name":"x"}""")]
    [InlineData("""{"name":"x","data":[[1,2],[3,4]],"shape":[2,2],"datatype":"INT32"}""")]
    [InlineData("""{"datatype":"INT\u00332","name":"\u0078","shape":[2,2],"data":[1,2,3,4],"parameters":{"a":{"b":[1]}}}""")]
    [InlineData("""{ "shape" : [ 2 , 2 ] , "data" : [ 1 , 2 , 3 , 4 ] , "name" : "x" , "datatype" : "INT32" }""")]
    public void Read_MembersInAnyOrderFlatOrNested_AreTheSame(string input)
    {
        var request = Codec.Read(Codec.Of(new TensorSpec("x", TensorType.Int32, [-1, 2])), $$"""{"inputs":[{{input}}]}""");
        var tensor = Assert.Single(Codec.Tensors(request.InputBlock));
        Assert.Equal([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0], tensor.Data);
        Assert.Equal([2L, 2L], tensor.Shape);
    }

    [Theory]
    [InlineData(TensorType.Bool, "[true,false]", "0100")]
    [InlineData(TensorType.UInt8, "[0,255]", "00FF")]
    [InlineData(TensorType.Int8, "[-128,127]", "807F")]
    [InlineData(TensorType.UInt16, "[0,65535]", "0000FFFF")]
    [InlineData(TensorType.Int16, "[-32768,32767]", "0080FF7F")]
    [InlineData(TensorType.UInt32, "[0,4294967295]", "00000000FFFFFFFF")]
    [InlineData(TensorType.Int32, "[-2147483648,2147483647]", "00000080FFFFFF7F")]
    [InlineData(TensorType.UInt64, "[0,18446744073709551615]", "0000000000000000FFFFFFFFFFFFFFFF")]
    [InlineData(TensorType.Int64, "[-9223372036854775808,9223372036854775807]", "0000000000000080FFFFFFFFFFFFFF7F")]
    [InlineData(TensorType.Float32, "[1,-2.5e-1]", "0000803F000080BE")]
    [InlineData(TensorType.Float64, "[1,-2.5e-1]", "000000000000F03F000000000000D0BF")]
    [InlineData(TensorType.Bytes, """["","\u00e9\ud83d\ude00\n"]""", "0000000007000000C3A9F09F98800A")]
    public void Read_EveryType_TakesItsWholeRange(TensorType type, string data, string raw)
    {
        var json = $$"""{"inputs":[{"name":"x","shape":[2],"datatype":"{{type.WireName()}}","data":{{data}}}]}""";
        var request = Codec.Read(Codec.Of(new TensorSpec("x", type, [-1])), json);
        Assert.Equal(raw, Convert.ToHexString(Assert.Single(Codec.Tensors(request.InputBlock)).Data));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    public void Read_Scalar_IsOneRowWithoutDimensions(string shape)
    {
        var request = Codec.Read(Codec.Of(new TensorSpec("x", TensorType.Float32, [])), $$"""{"inputs":[{"name":"x","shape":{{shape}},"datatype":"FP32","data":[5]}]}""");
        Assert.Equal(1, request.Rows);
        Assert.Empty(Assert.Single(Codec.Tensors(request.InputBlock)).Shape);
    }

    [Fact]
    public void Read_FixedFirstDimension_IsOneRow()
    {
        var request = Codec.Read(Codec.Of(new TensorSpec("x", TensorType.Int32, [2, 2])), """{"inputs":[{"name":"x","shape":[2,2],"datatype":"INT32","data":[1,2,3,4]}]}""");
        Assert.Equal(1, request.Rows);
    }

    [Fact]
    public void Read_SameRequestObjectAgain_ForgetsTheFirst()
    {
        var codec = Codec.Of(new TensorSpec("x", TensorType.Float32, [-1]));
        var request = new InferRequest();
        RestInferReader.Read("""{"id":"first","outputs":[{"name":"y"}],"inputs":[{"name":"x","shape":[3],"datatype":"FP32","data":[1,2,3]}]}"""u8, null, codec, "m", request);
        RestInferReader.Read("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}"""u8, null, codec, "m", request);
        Assert.True(request.Id.IsEmpty);
        Assert.Equal(1, request.Rows);
        Assert.Equal([1L], Assert.Single(Codec.Tensors(request.InputBlock)).Shape);
    }

    [Fact]
    public void Read_NullIdAndOutputs_AreAbsent()
    {
        var request = Codec.Read(Codec.Of(new TensorSpec("x", TensorType.Float32, [-1])), """{"id":null,"outputs":null,"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}""");
        Assert.True(request.Id.IsEmpty);
    }
}
