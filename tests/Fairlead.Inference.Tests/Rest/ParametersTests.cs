using Fairlead.Domain.Models;

namespace Fairlead.Inference.Tests.Rest;

public sealed class ParametersTests
{
    private static readonly SignatureCodec One = Codec.Of(new TensorSpec("x", TensorType.Int8, [-1]));
    private const string Inputs = "\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]";

    [Fact]
    public void Read_KnownParameters_AreKept()
    {
        var request = Codec.Read(One, $$$"""{"parameters":{"timeout":2500,"priority":18446744073709551615,"binary_data_output":true,"sequence_id":"s","sequence_start":true,"sequence_end":false},{{{Inputs}}}}""");
        Assert.Equal(2500, request.TimeoutMicroseconds);
        Assert.Equal(ulong.MaxValue, request.Priority);
        Assert.True(request.Outputs.IsBinary(0));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"timeout":null,"priority":null}""")]
    [InlineData("""{"mine":{"a":[1,{"b":2}]},"other":[],"headers":{"h":"v"},"content_type":"np","pi":3.14,"timeouts":"x","":0}""")]
    [InlineData("""{"sequence_id":7}""")]
    public void Read_AClientsOwnParameters_ArePassedOver(string parameters)
    {
        var request = Codec.Read(One, $$"""{ {{Inputs}},"parameters":{{parameters}} }""");
        Assert.Equal(0, request.TimeoutMicroseconds);
        Assert.Equal(0UL, request.Priority);
        Assert.False(request.Outputs.IsBinary(0));
    }

    [Theory]
    [InlineData("[]", "The request has a list in 'parameters' at byte")]
    [InlineData("7", "The request has '7' in 'parameters'")]
    [InlineData("""{"timeout":-1}""", "The request has '-1' in 'parameters.timeout' at byte 91; expected a whole number of microseconds from 0.")]
    [InlineData("""{"timeout":1.5}""", "'1.5' in 'parameters.timeout'")]
    [InlineData("""{"timeout":9223372036854775808}""", "'9223372036854775808' in 'parameters.timeout'")]
    [InlineData("""{"tim\u0065out":"1"}""", "the string '1' in 'parameters.timeout'")]
    [InlineData("""{"priority":-1}""", "'-1' in 'parameters.priority'")]
    [InlineData("""{"priority":true}""", "'true' in 'parameters.priority'")]
    [InlineData("""{"binary_data_output":1}""", "'1' in 'parameters.binary_data_output' at byte 102; expected true or false.")]
    [InlineData("""{"sequence_start":"yes"}""", "the string 'yes' in 'parameters.sequence_start'")]
    [InlineData("""{"sequence_end":0}""", "'0' in 'parameters.sequence_end'")]
    [InlineData("""{"sequence_id":true}""", "'true' in 'parameters.sequence_id'")]
    [InlineData("""{"triton_anything":1}""", "parameter keys starting with 'triton_' are reserved for Triton usage and should not be specified")]
    [InlineData("""{"triton_enable_empty_final_response":true}""", "parameter keys starting with 'triton_' are reserved")]
    public void Read_WrongParameter_NamesItAndWhatWasExpected(string parameters, string message) =>
        Assert.Contains(message, Codec.Refused(One, $$"""{ {{Inputs}},"parameters":{{parameters}} }""").Message);

    [Theory]
    [InlineData("""[{"name":"y"},{"name":"y"}]""", "output 'y' already exists in request")]
    [InlineData("""[{"name":"y","parameters":{"binary_data":1}}]""", "An output has '1' in 'parameters.binary_data' at byte")]
    [InlineData("""[{"name":"y","parameters":{"classification":-1}}]""", "An output has '-1' in 'parameters.classification'")]
    [InlineData("""[{"name":"y","parameters":{"classification":"2"}}]""", "An output has the string '2' in 'parameters.classification'")]
    [InlineData("""[{"name":"y","parameters":"none"}]""", "An output has the string 'none' in 'parameters'")]
    [InlineData("""[{"name":"y","parameters":{"shared_memory_region":"r"}}]""", "An output is in a shared memory region")]
    public void Read_WrongOutput_SaysWhy(string outputs, string message) =>
        Assert.Contains(message, Codec.Refused(One, $$"""{ {{Inputs}},"outputs":{{outputs}} }""").Message);

    [Fact]
    public void Read_NextRequest_ForgetsTheParameters()
    {
        var request = new InferRequest();
        var first = System.Text.Encoding.UTF8.GetBytes($$$"""{"parameters":{"timeout":2500,"priority":1,"binary_data_output":true},"outputs":[{"name":"y","parameters":{"classification":1}}],{{{Inputs}}}}""");
        Inference.Rest.RestInferReader.Read(first, null, One, "m", request);
        Inference.Rest.RestInferReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{ {{Inputs}} }"""), null, One, "m", request);
        Assert.Equal(0, request.TimeoutMicroseconds);
        Assert.Equal(0UL, request.Priority);
        Assert.False(request.Outputs.IsBinary(0));
        Assert.Equal(0, request.Outputs.Classes(0));
    }
}
