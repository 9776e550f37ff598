using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Rest;

namespace Fairlead.Inference.Tests.Rest;

public sealed class BinaryRequestTests
{
    private static readonly SignatureCodec Mixed = Codec.Of(new TensorSpec("id", TensorType.Bytes, [-1]), new TensorSpec("x", TensorType.Float32, [-1, 2]), new TensorSpec("n", TensorType.Int16, [-1]));

    private static readonly SignatureCodec Pair = Codec.Of(new TensorSpec("x", TensorType.Float32, [-1, 2]));

    [Theory]
    [InlineData(TensorType.Bool, 3, "010001")]
    [InlineData(TensorType.UInt8, 2, "00FF")]
    [InlineData(TensorType.Int8, 2, "807F")]
    [InlineData(TensorType.UInt16, 2, "0000FFFF")]
    [InlineData(TensorType.Int16, 2, "0080FF7F")]
    [InlineData(TensorType.UInt32, 2, "00000000FFFFFFFF")]
    [InlineData(TensorType.Int32, 2, "00000080FFFFFF7F")]
    [InlineData(TensorType.UInt64, 1, "FFFFFFFFFFFFFFFF")]
    [InlineData(TensorType.Int64, 1, "0000000000000080")]
    [InlineData(TensorType.Float16, 2, "003C00C0")]
    [InlineData(TensorType.BFloat16, 2, "803F00C0")]
    [InlineData(TensorType.Float32, 2, "0000C07F0000807F")]
    [InlineData(TensorType.Float64, 1, "000000000000F0FF")]
    [InlineData(TensorType.Bytes, 3, "000000000200000041FF0100000042")]
    [InlineData(TensorType.Bytes, 0, "")]
    public void Read_EveryType_TakesItsBytesAsTheyAre(TensorType type, int rows, string raw)
    {
        var tensor = Convert.FromHexString(raw);
        var request = Codec.ReadBinary(
            Codec.Of(new TensorSpec("x", type, [-1])),
            $$$"""{"inputs":[{"name":"x","shape":[{{{rows}}}],"datatype":"{{{type.WireName()}}}","parameters":{"binary_data_size":{{{tensor.Length}}}}}]}""",
            tensor);
        var read = Assert.Single(Codec.Tensors(request.InputBlock));
        Assert.Equal(raw, Convert.ToHexString(read.Data));
        Assert.Equal([(long)rows], read.Shape);
        Assert.Equal(rows, request.Rows);
    }

    [Fact]
    public void Read_JsonAndBinaryMixed_TakesTheTensorsInTheOrderOfTheJson()
    {
        var request = Codec.ReadBinary(
            Mixed,
            """
            {"inputs":[{"parameters":{"binary_data_size":4},"datatype":"INT16","shape":[2],"name":"n"},
            {"name":"x","shape":[2,2],"datatype":"FP32","data":[[1,2],[3,4]]},
            {"name":"id","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":11}}]}
            """,
            [1, 0, 255, 255, 1, 0, 0, 0, 65, 2, 0, 0, 0, 66, 67]);
        var tensors = Codec.Tensors(request.InputBlock);
        Assert.Equal([1, 0, 0, 0, 65, 2, 0, 0, 0, 66, 67], tensors[0].Data);
        Assert.Equal(2f, BitConverter.ToSingle(tensors[1].Data, 4));
        Assert.Equal([1, 0, 255, 255], tensors[2].Data);
        Assert.Equal(2, request.Rows);
    }

    [Theory]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":4}}""", "00000000", "Input 'x' has 4 bytes, and its shape [1,2] of FP32 takes 8.")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}""", "00000000", "Input 'x' has a 'binary_data_size' of 8, and 4 bytes are left after the JSON")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}""", "0000000000000000FFFF", "The request has 2 bytes after its last binary tensor; the sizes in 'binary_data_size' add up to 8, and 10 bytes follow the JSON.")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2],"parameters":{"binary_data_size":8}}""", "0000000000000000", "Input 'x' has both 'data' and 'binary_data_size'")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}""", "00", "The request has 1 bytes after its last binary tensor")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":-8}}""", "0000000000000000", "Input 'x' has '-8' in 'parameters.binary_data_size' at byte")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":"8"}}""", "0000000000000000", "Input 'x' has the string '8' in 'parameters.binary_data_size'")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":2147483648}}""", "", "Input 'x' has '2147483648' in 'parameters.binary_data_size'")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":[8]}""", "", "Input 'x' has a list in 'parameters'")]
    [InlineData("""{"name":"x","shape":[1,3],"datatype":"FP32","parameters":{"binary_data_size":8}}""", "0000000000000000", "Input 'x' has shape [1,3]; expected [-1,2], where -1 is any number.")]
    [InlineData("""{"name":"x","datatype":"FP32","parameters":{"binary_data_size":8}}""", "0000000000000000", "Input 'x' has no 'shape'")]
    [InlineData("""{"name":"x","shape":[9223372036854775807,2],"datatype":"FP32","parameters":{"binary_data_size":8}}""", "0000000000000000", "causes total element count to exceed maximum size of 9223372036854775807")]
    [InlineData("""{"name":"x","shape":[4611686018427387903,2],"datatype":"FP32","parameters":{"binary_data_size":8}}""", "0000000000000000", "Input 'x' has 8 bytes, and its shape [4611686018427387903,2] of FP32 takes 36893488147419103224.")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"shared_memory_region":"r"}}""", "", "Input 'x' is in a shared memory region, and this host shares no memory with its clients")]
    public void Read_WrongBinaryInput_SaysWhatAndWhere(string input, string tensors, string message)
    {
        var e = Assert.Throws<FairleadException>(() => Codec.ReadBinary(Pair, $$"""{"inputs":[{{input}}]}""", Convert.FromHexString(tensors)));
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(message, e.Message);
    }

    [Theory]
    [InlineData(TensorType.Bool, 2, "0102", "Input 'x' has the byte '2' as its element 1; expected 0 or 1 (BOOL).")]
    [InlineData(TensorType.Bytes, 1, "0100", "Input 'x' ends in the middle of a length at byte 0")]
    [InlineData(TensorType.Bytes, 2, "01000000410500", "Input 'x' ends in the middle of a length at byte 5")]
    [InlineData(TensorType.Bytes, 1, "FFFFFFFF41", "Input 'x' says that its element 0 has '4294967295' bytes, and 1 are left")]
    [InlineData(TensorType.Bytes, 1, "0100000041" + "0100000042", "Input 'x' has 2 elements in its bytes, and its shape [1] holds 1.")]
    [InlineData(TensorType.Bytes, 2, "0100000041", "Input 'x' has 1 elements in its bytes, and its shape [2] holds 2.")]
    public void Read_WrongElements_SaysWhich(TensorType type, int rows, string raw, string message)
    {
        var json = $$$"""{"inputs":[{"name":"x","shape":[{{{rows}}}],"datatype":"{{{type.WireName()}}}","parameters":{"binary_data_size":{{{raw.Length / 2}}}}}]}""";
        var e = Assert.Throws<FairleadException>(() => Codec.ReadBinary(Codec.Of(new TensorSpec("x", type, [-1])), json, Convert.FromHexString(raw)));
        Assert.Contains(message, e.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Read_HeaderOutOfRange_NamesItAndTheBody(int headerLength)
    {
        var e = Assert.Throws<FairleadException>(() => RestInferReader.Read("{}"u8, headerLength, Pair, "m", new InferRequest()));
        Assert.Contains($"The header 'Inference-Header-Content-Length' is '{headerLength}', and the body has 2 bytes", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("0x10")]
    [InlineData("12a")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    public void Header_NoLength_IsRefused(string value)
    {
        var e = Assert.Throws<FairleadException>(() => InferenceHeader.Parse(value));
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains("The header 'Inference-Header-Content-Length' is '", e.Message);
        Assert.InRange(e.Message.Length, 1, 220);
    }

    [Fact]
    public void Header_LengthOrNone_IsRead()
    {
        Assert.Null(InferenceHeader.Parse(null));
        Assert.Equal(0, InferenceHeader.Parse("0"));
        Assert.Equal(2147483647, InferenceHeader.Parse("2147483647"));
        Assert.Equal(7, InferenceHeader.Parse("007"));
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(new byte[] { 255, 254, 0, 0, 0, 0, 0, 0 })]
    public void Read_HeaderForgotten_IsHinted(byte[] tensor)
    {
        var json = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""");
        Assert.Contains("the header 'Inference-Header-Content-Length'", Codec.Refused(Pair, [.. json, .. tensor]).Message);
    }

    [Theory]
    [InlineData("[NaN]")]
    [InlineData("[Infinity]")]
    [InlineData("[-Infinity]")]
    [InlineData("[nan]")]
    public void Read_NumbersThatJsonHasNot_NamesTheCure(string data)
    {
        var e = Codec.Refused(Codec.Of(new TensorSpec("x", TensorType.Float32, [-1])), $$"""{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":{{data}}}]}""");
        Assert.Contains("JSON has neither NaN nor infinities; send the input as binary data, with 'binary_data_size' among its parameters.", e.Message);
    }
}
