using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Rest;

namespace Fairlead.Inference.Tests.Rest;

/// <summary>Requests whose body is the input: the header says 0.</summary>
public sealed class RawRequestTests
{
    [Theory]
    [InlineData(TensorType.Float32, new long[] { -1, 4 }, 16, new long[] { 1, 4 })]
    [InlineData(TensorType.Float32, new long[] { -1, -1 }, 12, new long[] { 1, 3 })]
    [InlineData(TensorType.Float32, new long[] { -1, 2, -1 }, 24, new long[] { 1, 2, 3 })]
    [InlineData(TensorType.Float32, new long[] { -1 }, 12, new long[] { 3 })]
    [InlineData(TensorType.Float32, new long[] { -1 }, 0, new long[] { 0 })]
    [InlineData(TensorType.Int64, new long[] { 2, 2 }, 32, new long[] { 2, 2 })]
    [InlineData(TensorType.Int64, new long[] { 2, -1 }, 48, new long[] { 2, 3 })]
    [InlineData(TensorType.Float64, new long[0], 8, new long[0])]
    [InlineData(TensorType.Float16, new long[] { -1, 3 }, 6, new long[] { 1, 3 })]
    public void Read_OneInput_DeducesItsShape(TensorType type, long[] shape, int size, long[] expected)
    {
        var body = new byte[size];
        new Random(size).NextBytes(body);
        var request = new InferRequest();
        RestInferReader.Read(body, 0, Codec.Of(new TensorSpec("x", type, shape)), "m", request);
        var tensor = Assert.Single(Codec.Tensors(request.InputBlock));
        Assert.Equal(expected, tensor.Shape);
        Assert.Equal(body, tensor.Data);
        Assert.Equal(shape is [-1] ? expected[0] : 1, request.Rows);
        Assert.True(request.Outputs.IsBinary(0));
    }

    [Theory]
    [InlineData(new long[] { 1 }, "hello")]
    [InlineData(new long[] { -1, 1 }, "")]
    [InlineData(new long[] { -1, -1 }, "hello")]
    [InlineData(new long[] { -1 }, "hello")]
    public void Read_OneString_IsTheBodyWithoutALength(long[] shape, string text)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(text);
        var request = new InferRequest();
        RestInferReader.Read(body, 0, Codec.Of(new TensorSpec("x", TensorType.Bytes, shape)), "m", request);
        Assert.Equal([(byte)body.Length, 0, 0, 0, .. body], Assert.Single(Codec.Tensors(request.InputBlock)).Data);
        Assert.Equal(1, request.Rows);
    }

    [Theory]
    [InlineData(TensorType.Float32, new long[] { -1, 4 }, 32, "Input 'x' has 32 bytes in a raw binary request, which is one row; expected 16 for the shape [-1,4] of FP32.")]
    [InlineData(TensorType.Float32, new long[] { -1, -1 }, 10, "expected a multiple of 4 for the shape [-1,-1] of FP32.")]
    [InlineData(TensorType.Float32, new long[] { -1, -1, -1 }, 12, "The shape of the raw input 'x' can not be deduced because there are more than one variable-sized dimension in [-1,-1,-1]")]
    [InlineData(TensorType.Float32, new long[] { -1, 0, -1 }, 12, "Input 'x' has 12 bytes in a raw binary request")]
    [InlineData(TensorType.Bytes, new long[] { -1, 2 }, 5, "For BYTE datatype raw input 'x', the model must have input shape [1], and it has [-1,2]")]
    [InlineData(TensorType.Bool, new long[] { 2 }, 2, "Input 'x' has the byte '7' as its element 0; expected 0 or 1 (BOOL).")]
    public void Read_SizeThatGivesNoShape_SaysWhy(TensorType type, long[] shape, int size, string message)
    {
        var body = new byte[size];
        body.AsSpan().Fill(7);
        var request = new InferRequest();
        var e = Assert.Throws<FairleadException>(() => RestInferReader.Read(body, 0, Codec.Of(new TensorSpec("x", type, shape)), "m", request));
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(message, e.Message);
        Assert.True(request.InputBlock.IsEmpty);
    }

    [Fact]
    public void Read_TwoInputs_CannotBeDeduced()
    {
        var codec = Codec.Of(new TensorSpec("a", TensorType.Int8, [-1]), new TensorSpec("b", TensorType.Int8, [-1]));
        var e = Assert.Throws<FairleadException>(() => RestInferReader.Read([1, 2], 0, codec, "m", new InferRequest()));
        Assert.Contains("Raw request must only have 1 input to be deduced but got 2 inputs in model 'm'; send JSON that names them ('a', 'b')", e.Message);
    }
}
