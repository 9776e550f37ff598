using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Rest;

namespace Fairlead.Inference.Tests.Tensors;

public sealed class ClassificationTests
{
    [Theory]
    [InlineData(TensorType.Float32, "CDCC8C3F333353400000003F9A991940", 2, """["3.3:1","2.4:3"]""")]
    [InlineData(TensorType.Int32, "010000000500000006000000FCFFFFFF", 9, """["6:2","5:1","1:0","-4:3"]""")]
    [InlineData(TensorType.UInt32, "00000000FFFFFFFF0100000002000000", 1, """["4294967295:1"]""")]
    [InlineData(TensorType.Int8, "0080FF7F", 4, """["127:3","0:0","-1:2","-128:1"]""")]
    [InlineData(TensorType.UInt8, "0080FF7F", 4, """["255:2","128:1","127:3","0:0"]""")]
    [InlineData(TensorType.Int16, "00800000FF7F0100", 2, """["32767:2","1:3"]""")]
    [InlineData(TensorType.UInt16, "00800000FF7F0100", 2, """["32768:0","32767:2"]""")]
    [InlineData(TensorType.UInt64, "0000000000000080FFFFFFFFFFFFFF7F00000000000000000100000000000000", 2, """["9223372036854775808:0","9223372036854775807:1"]""")]
    [InlineData(TensorType.Int64, "0000000000000080FFFFFFFFFFFFFF7F00000000000000000100000000000000", 2, """["9223372036854775807:1","1:3"]""")]
    [InlineData(TensorType.Float64, "000000000000F07F000000000000F0FF000000000000F87F9A9999999999B93F", 4, """["Infinity:0","0.1:3","-Infinity:1","NaN:2"]""")]
    [InlineData(TensorType.Float16, "003C00C0003C0000", 3, """["1:0","1:2","0:3"]""")]
    [InlineData(TensorType.BFloat16, "803F00C000008000", 2, """["1:0","1.1754944E-38:3"]""")]
    [InlineData(TensorType.Float32, "0000000000000080000000000000803F", 3, """["1:3","0:0","-0:1"]""")]
    public void Write_HighestElements_AreGivenByIndex(TensorType type, string raw, int classes, string data)
    {
        Assert.Equal(data, Codec.Data(Write(type, [1, 4], Convert.FromHexString(raw), classes, out var answer)));
        Assert.Contains($"""{"{"}"name":"y","datatype":"BYTES","shape":[1,{Math.Min(4, classes)}]""", answer);
    }

    [Fact]
    public void Write_ManyRows_RanksEach()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 50 * 20).Select(_ => (float)random.Next(12)).ToArray();
        var raw = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        var texts = JsonSerializer.Deserialize<string[]>(Codec.Data(Write(TensorType.Float32, [50, 4, 5], raw, 7, out var answer)))!;
        var expected = values.Chunk(20).SelectMany(row => row
            .Select((value, index) => (value, index)).OrderByDescending(pair => pair.value).ThenBy(pair => pair.index).Take(7)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.value}:{pair.index}")));
        Assert.Equal(expected, texts);
        Assert.Contains("\"shape\":[50,7]", answer);
    }

    [Theory]
    [InlineData(new long[] { 0, 4 }, "[0,0]")]
    [InlineData(new long[] { 3, 0 }, "[3,0]")]
    public void Write_NothingToRank_HasNoClasses(long[] shape, string expected)
    {
        Assert.Equal("[]", Codec.Data(Write(TensorType.Float32, shape, [], 2, out var answer)));
        Assert.Contains($"\"shape\":{expected}", answer);
    }

    [Fact]
    public void Write_OutputWithoutRows_IsRankedAsOne()
    {
        var codec = CodecOf(TensorType.Int8, [2, 2]);
        Assert.Contains("""{"name":"y","datatype":"BYTES","shape":[2],"data":["4:3","3:2"]}""", Write(codec, [2, 2], [1, 2, 3, 4], """{"classification":2}""", out _));
    }

    [Fact]
    public void Write_Binary_FollowsTheJson()
    {
        var target = Write(CodecOf(TensorType.Int8, [-1, 2]), [1, 2], [1, 2], """{"classification":1,"binary_data":true}""", out var header);
        Assert.Contains("""{"name":"y","datatype":"BYTES","shape":[1,1],"parameters":{"binary_data_size":7}}]}""", target);
        Assert.Equal("\u0003\0\0\u00002:1", target[header!.Value..]);
    }

    [Fact]
    public void Write_NoneWanted_GivesTheTensor() =>
        Assert.Equal("[1,2]", Codec.Data(Write(TensorType.Int8, [1, 2], [1, 2], 0, out _)));

    [Theory]
    [InlineData(TensorType.Bytes)]
    [InlineData(TensorType.Bool)]
    public void Read_TypeWithoutClasses_IsRefused(TensorType type)
    {
        var e = Assert.Throws<FairleadException>(() => Write(type, [1, 1], [0, 0, 0, 0], 1, out _));
        Assert.Equal($"Output 'y' has no classes, since its datatype is '{type.WireName()}'; ask for it without 'classification'.", e.Message);
    }

    [Fact]
    public void Write_TooManyElements_IsRefused()
    {
        var e = Assert.Throws<FairleadException>(() => Write(TensorType.Int8, [1, 1_000_001], new byte[1_000_001], 1, out _));
        Assert.Contains("Output 'y' has 1000001 elements, and classes are given for at most 1000000", e.Message);
    }

    private static SignatureCodec CodecOf(TensorType type, long[] shape) =>
        new(new Signature([new TensorSpec("x", TensorType.Int8, [-1])], [new TensorSpec("y", type, shape)]));

    private static string Write(TensorType type, long[] shape, byte[] data, int classes, out string answer)
    {
        var codec = CodecOf(type, [-1, .. shape.Skip(1).Select(_ => -1L)]);
        return answer = Write(codec, shape, data, $$"""{"classification":{{classes}}}""", out _);
    }

    private static string Write(SignatureCodec codec, long[] shape, byte[] data, string parameters, out int? header)
    {
        var request = Codec.Read(codec, $$"""{"inputs":[{"name":"x","shape":[1],"datatype":"INT8","data":[1]}],"outputs":[{"name":"y","parameters":{{parameters}}}]}""");
        var target = new ArrayBufferWriter<byte>();
        header = RestInferWriter.Write(target, Codec.Head, request, Codec.AnswerOf((codec.Outputs[0].Spec.Type, shape, data)), codec);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }
}
