using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;

namespace Fairlead.Inference.Tests.Tensors;

public sealed class EmptyBatchTests
{
    private static readonly SignatureCodec Two = new(new Signature(
        [new TensorSpec("a", TensorType.Int8, [-1]), new TensorSpec("b", TensorType.Bytes, [-1, 2])],
        [new TensorSpec("y", TensorType.Float32, [-1, 3]), new TensorSpec("z", TensorType.Bytes, [-1, -1])]));

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[]", "[ ]")]
    public void Read_NoRows_IsEmpty(string a, string b)
    {
        var request = Codec.Read(Two, $$"""{"inputs":[{"name":"a","shape":[0],"datatype":"INT8","data":{{a}}},{"name":"b","shape":[0,2],"datatype":"BYTES","data":{{b}}}]}""");
        Assert.True(request.IsEmpty);
        Assert.Equal(0, request.Rows);
        Assert.All(Codec.Tensors(request.InputBlock), tensor => Assert.Empty(tensor.Data));
    }

    [Fact]
    public void FillEmpty_OutputsWithRows_HaveNone()
    {
        var answer = Codec.AnswerOf((TensorType.Int8, [1], [1]));
        answer.FillEmpty(Two);
        var tensors = Codec.Tensors(answer.OutputBlock);
        Assert.Equal([TensorType.Float32, TensorType.Bytes], tensors.Select(tensor => tensor.Type));
        Assert.Equal([0L, 3L], tensors[0].Shape);
        Assert.Equal([0L, 0L], tensors[1].Shape);
        Assert.All(tensors, tensor => Assert.Empty(tensor.Data));
    }

    [Fact]
    public void FillEmpty_OutputWithoutRows_IsRefused()
    {
        var codec = new SignatureCodec(new Signature([new TensorSpec("x", TensorType.Int8, [-1])], [new TensorSpec("mean", TensorType.Float32, [1])]));
        var e = Assert.Throws<FairleadException>(() => new InferAnswer().FillEmpty(codec));
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Equal("The request has no rows, and the output 'mean' of shape [1] is not one value per row; send at least 1 row.", e.Message);
    }

    [Fact]
    public void IsEmpty_BeforeARequestWasRead_IsFalse()
    {
        var request = new InferRequest();
        Assert.False(request.IsEmpty);
        request.Fill(0, []);
        Assert.True(request.IsEmpty);
        request.Clear();
        Assert.False(request.IsEmpty);
    }

    [Fact]
    public void Read_RowsWithoutElements_AreRows()
    {
        var codec = Codec.Of(new TensorSpec("x", TensorType.Float32, [-1, -1]));
        var request = Codec.Read(codec, """{"inputs":[{"name":"x","shape":[2,0],"datatype":"FP32","data":[[],[]]}]}""");
        Assert.False(request.IsEmpty);
        Assert.Equal(2, request.Rows);
    }
}
