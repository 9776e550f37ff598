using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;

namespace Fairlead.Inference.Tests.Rest;

/// <summary>One clear sentence for everything that can be wrong with a request.</summary>
public sealed class RestRefusalTests
{
    private static readonly SignatureCodec Pair = Codec.Of(new TensorSpec("hour", TensorType.Int32, [-1, 1]), new TensorSpec("origin", TensorType.Bytes, [-1, 1]));
    private const string Hour = """{"name":"hour","shape":[1,1],"datatype":"INT32","data":[8]}""";
    private const string Origin = """{"name":"origin","shape":[1,1],"datatype":"BYTES","data":["SFO"]}""";

    [Theory]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT64","data":[8]}""", "Input 'hour' has datatype 'INT64'; expected 'INT32'.")]
    [InlineData("""{"data":[8],"datatype":"INT64","shape":[1,1],"name":"hour"}""", "Input 'hour' has datatype 'INT64'; expected 'INT32'.")]
    [InlineData("""{"name":"hour","shape":[1,1],"data":[8]}""", "Input 'hour' has no 'datatype'; expected 'INT32'.")]
    [InlineData("""{"name":"hour","shape":[1],"datatype":"INT32","data":[8]}""", "Input 'hour' has shape [1]; expected [-1,1], where -1 is any number.")]
    [InlineData("""{"name":"hour","shape":[1,2],"datatype":"INT32","data":[8,9]}""", "Input 'hour' has shape [1,2]; expected [-1,1]")]
    [InlineData("""{"name":"hour","shape":[2,1],"datatype":"INT32","data":[8]}""", "Input 'hour' has 1 elements in 'data', and its shape [2,1] holds 2.")]
    [InlineData("""{"name":"hour","shape":[-1,1],"datatype":"INT32","data":[8]}""", "Input 'hour' has '-1' in 'shape' at byte")]
    [InlineData("""{"name":"hour","shape":[0,1],"datatype":"INT32","data":[]}""", "Input 'origin' has 1 rows where an input before it has 0; expected the same number in all.")]
    [InlineData("""{"name":"hour","shape":[1.5,1],"datatype":"INT32","data":[8]}""", "'1.5' in 'shape'")]
    [InlineData("""{"name":"hour","shape":[9223372036854775807,1],"datatype":"INT32","data":[8]}""", "holds 9223372036854775807")]
    [InlineData("""{"name":"hour","shape":"x","datatype":"INT32","data":[8]}""", "the string 'x' in 'shape'")]
    [InlineData("""{"name":"hour","shape":[1,1,1,1,1,1,1,1,1],"datatype":"INT32","data":[8]}""", "more than 8 dimensions")]
    [InlineData("""{"name":"hour","datatype":"INT32","data":[8]}""", "Input 'hour' has no 'shape'")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32"}""", "Input 'hour' has no 'data'")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","parameters":{"binary_data_size":4}}""", "Input 'hour' has a 'binary_data_size' of 4, and 0 bytes are left after the JSON; expected")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":8}""", "'8' in 'data'")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":[2147483648]}""", "Input 'hour' has '2147483648' in 'data[0]' at byte")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":[8.0]}""", "expected a whole number from -2147483648 to 2147483647 (INT32)")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":["8"]}""", "the string '8' in 'data[0]'")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":[null]}""", "'null' in 'data[0]'")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":[true]}""", "'true' in 'data[0]'")]
    [InlineData("""{"name":"hour","shape":[2,1],"datatype":"INT32","data":[1,[2]]}""", "a list in 'data[1]'")]
    [InlineData("""{"name":"hour","shape":[2,1],"datatype":"INT32","data":[[1],2]}""", "expected a list, since its data is nested 2 deep")]
    [InlineData("""{"name":"hour","shape":[2,1],"datatype":"INT32","data":[[1,2]]}""", "nested as [1,2], and its shape is [2,1]")]
    [InlineData("""{"name":"hour","shape":[3,1],"datatype":"INT32","data":[[1],[2,3]]}""", "ragged 'data': lists of 1 and of 2")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":[[[8]]]}""", "a list in 'data[0]'")]
    [InlineData("""{"name":"hour","shape":[1,1],"datatype":"INT32","data":[8],"data":[8]}""", "Input 'hour' has 'data' twice.")]
    [InlineData("""{"name":"hour","name":"hour","shape":[1,1],"datatype":"INT32","data":[8]}""", "Input 'hour' has 'name' twice.")]
    [InlineData("""{"name":7,"shape":[1,1],"datatype":"INT32","data":[8]}""", "An input has '7' in 'name'")]
    [InlineData("""{"shape":[1,1],"datatype":"INT32","data":[8]}""", "An input of the request for model 'm' has no 'name'.")]
    [InlineData("""{"name":"huor","shape":[1,1],"datatype":"INT32","data":[8]}""", "Model 'm' has no input 'huor'; did you mean 'hour'?")]
    [InlineData("""{"name":"temperature","shape":[1,1],"datatype":"INT32","data":[8]}""", "Model 'm' has no input 'temperature'; known: hour, origin")]
    [InlineData("""{"name":"hour","shape":[2,1],"datatype":"INT32","data":[8,9]}""", "Input 'origin' has 1 rows where an input before it has 2")]
    [InlineData("8", "'8' in 'inputs'")]
    public void Read_WrongInput_NamesItTheValueAndWhatWasExpected(string input, string message)
    {
        var e = Codec.Refused(Pair, $$"""{"inputs":[{{input}},{{Origin}}]}""");
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(message, e.Message);
    }

    [Theory]
    [InlineData("""{"inputs":[]}""", "The request for model 'm' lacks the input 'hour'; expected 'hour', 'origin'.")]
    [InlineData($$"""{"inputs":[{{Hour}}]}""", "lacks the input 'origin'")]
    [InlineData($$"""{"inputs":[{{Hour}},{{Hour}}]}""", "Input 'hour' is in the request twice.")]
    [InlineData("{}", "has no 'inputs'")]
    [InlineData("[]", "The request is a list; expected an object")]
    [InlineData("\"text\"", "The request is the string 'text'; expected an object")]
    [InlineData("""{"inputs":{}}""", "an object in 'inputs'")]
    [InlineData($$"""{"inputs":[{{Hour}},{{Origin}}],"inputs":[]}""", "'inputs' twice")]
    [InlineData($$"""{"id":7,"inputs":[{{Hour}},{{Origin}}]}""", "'7' in 'id'")]
    [InlineData($$"""{"inputs":[{{Hour}},{{Origin}}],"outputs":[{"name":"Y"}]}""", "Model 'm' has no output 'Y'")]
    [InlineData($$"""{"inputs":[{{Hour}},{{Origin}}],"outputs":[{}]}""", "An output of the request for model 'm' has no 'name'.")]
    [InlineData($$"""{"inputs":[{{Hour}},{{Origin}}],"outputs":[3]}""", "'3' in 'outputs'")]
    [InlineData($$"""{"inputs":[{{Hour}},{{Origin}}],"outputs":{} }""", "an object in 'outputs'")]
    [InlineData("", "The request is not JSON at byte 0")]
    [InlineData("""{"inputs":[""", "The request is not JSON at byte 11")]
    [InlineData("{\n\n  \"inputs\": [,] }", "The request is not JSON at byte 16")]
    [InlineData($$"""{"inputs":[{{Hour}},{{Origin}}]} x""", "is not JSON at byte")]
    [InlineData("""{"inputs":[{"name":"hour","shape":[1,1],"datatype":"INT32","data":[NaN]}]}""", "is not JSON at byte 67: JSON has neither NaN nor infinities; send the input as binary data")]
    [InlineData("""{"inputs":[{"name":"hour\ud800","shape":[1,1]}]}""", "half of a surrogate pair")]
    [InlineData("""{"inputs":[{"name":"origin","shape":[1,1],"datatype":"BYTES","data":["\udc00"]}]}""", "half of a surrogate pair")]
    public void Read_WrongRequest_SaysWhatAndWhere(string json, string message)
    {
        var e = Codec.Refused(Pair, json);
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(message, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData(TensorType.Float16)]
    [InlineData(TensorType.BFloat16)]
    public void Read_HalfPrecision_CannotBeCarried(TensorType type)
    {
        var e = Codec.Refused(Codec.Of(new TensorSpec("x", type, [-1])), $$"""{"inputs":[{"name":"x","shape":[1],"datatype":"{{type.WireName()}}","data":[1]}]}""");
        Assert.Contains("which the protocol cannot carry in JSON; send it as binary data", e.Message);
    }

    [Theory]
    [InlineData(TensorType.Float32, "1e39")]
    [InlineData(TensorType.Float32, "-3.5e38")]
    [InlineData(TensorType.Float64, "1e400")]
    [InlineData(TensorType.UInt64, "-1")]
    [InlineData(TensorType.UInt64, "18446744073709551616")]
    [InlineData(TensorType.Int64, "9223372036854775808")]
    [InlineData(TensorType.UInt8, "256")]
    [InlineData(TensorType.Int8, "-129")]
    [InlineData(TensorType.UInt32, "-1")]
    [InlineData(TensorType.Bool, "1")]
    [InlineData(TensorType.Bytes, "1")]
    public void Read_ValueOutOfRange_NamesTheType(TensorType type, string value)
    {
        var e = Codec.Refused(Codec.Of(new TensorSpec("x", type, [-1])), $$"""{"inputs":[{"name":"x","shape":[1],"datatype":"{{type.WireName()}}","data":[{{value}}]}]}""");
        Assert.Contains($"'{value}' in 'data[0]'", e.Message);
        Assert.Contains($"({type.WireName()})", e.Message);
    }

    [Fact]
    public void Read_NotUtf8_SaysTheByte()
    {
        var json = Encoding.UTF8.GetBytes("""{"id":"é","inputs":[]}""");
        json[8] = (byte)'x';
        Assert.Equal("The request is not UTF-8 at byte 7.", Codec.Refused(Pair, json).Message);
    }

    [Fact]
    public void Read_LongId_IsRefused()
    {
        var e = Codec.Refused(Pair, $$"""{"id":"{{new string('i', 1025)}}","inputs":[{{Hour}},{{Origin}}]}""");
        Assert.Contains("'id' of 1025 bytes", e.Message);
    }

    [Fact]
    public void Read_TooManyRows_IsTooLarge()
    {
        const int rows = PredictionId.MaxRows + 1;
        var data = string.Join(',', Enumerable.Repeat("0", rows));
        var e = Codec.Refused(Codec.Of(new TensorSpec("x", TensorType.UInt8, [-1])), $$"""{"inputs":[{"name":"x","shape":[{{rows}}],"datatype":"UINT8","data":[{{data}}]}]}""");
        Assert.Equal(ProblemKind.TooLarge, e.Kind);
    }

    [Theory]
    [InlineData("{\"new\":", '[')]
    [InlineData("{\"parameters\":{\"new\":", '[')]
    [InlineData("{\"inputs\":[{\"new\":", '[')]
    public void Read_DeepNesting_IsRefused(string start, char opening)
    {
        var e = Codec.Refused(Pair, start + new string(opening, 100_000));
        Assert.Contains("is not JSON at byte", e.Message);
    }

    [Fact]
    public void Read_LongValue_IsCutInTheMessage()
    {
        var e = Codec.Refused(Pair, $$"""{"inputs":[{"name":"hour","shape":[1,1],"datatype":"INT32","data":["{{new string('é', 5000)}}"]}]}""");
        Assert.InRange(e.Message.Length, 1, 300);
        Assert.DoesNotContain('�', e.Message);
    }
}
