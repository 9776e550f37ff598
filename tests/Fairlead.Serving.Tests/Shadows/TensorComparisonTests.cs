using System.Runtime.InteropServices;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference;
using Fairlead.Serving.Shadows;

namespace Fairlead.Serving.Tests.Shadows;

public sealed class TensorComparisonTests
{
    private static readonly Signature One = Of(("p", TensorType.Float32));

    [Theory]
    [InlineData(1f, 1f, true, 0)]
    [InlineData(1f, 1.0000005f, true, 5e-7)]
    [InlineData(1f, 1.5f, false, 0.5)]
    [InlineData(float.NaN, float.NaN, true, 0)]
    [InlineData(float.NaN, 1f, false, double.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, true, 0)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, false, double.PositiveInfinity)]
    [InlineData(0f, -0f, true, 0)]
    public void Of_TwoFloats_AgreeWithinTheTolerance(float live, float shadow, bool agrees, double largest)
    {
        var comparison = TensorComparison.Of(Floats(1, live), One, Floats(1, shadow), One);

        Assert.Equal(agrees, comparison.Agrees);
        Assert.Equal(largest, comparison.Largest!.Value, 1e-7);
    }

    [Fact]
    public void Of_OtherShapeOfTheSameBytes_Differs() =>
        Assert.Equal(new Comparison(false, double.PositiveInfinity), TensorComparison.Of(Floats(2, 1, 2), One, Floats(1, 1, 2), One));

    [Fact]
    public void Of_IntegersAndText_AreComparedByTheirBits()
    {
        var signature = Of(("n", TensorType.Int64));
        byte[] one = Tensor(TensorType.Int64, 1, MemoryMarshal.AsBytes<long>([1]));
        byte[] two = Tensor(TensorType.Int64, 1, MemoryMarshal.AsBytes<long>([2]));

        Assert.Equal(new Comparison(true, null), TensorComparison.Of(one, signature, one, signature));
        Assert.Equal(new Comparison(false, null), TensorComparison.Of(one, signature, two, signature));
    }

    [Fact]
    public void Of_HalvesAndBrainFloats_AreNumbers()
    {
        byte[] half = Tensor(TensorType.Float16, 1, MemoryMarshal.AsBytes<Half>([(Half)1.5]));
        byte[] otherHalf = Tensor(TensorType.Float16, 1, MemoryMarshal.AsBytes<Half>([(Half)1.0]));
        byte[] brain = Tensor(TensorType.BFloat16, 1, MemoryMarshal.AsBytes<ushort>([0x3FC0]));
        byte[] otherBrain = Tensor(TensorType.BFloat16, 1, MemoryMarshal.AsBytes<ushort>([0x3F80]));

        Assert.Equal(0.5, TensorComparison.Of(half, Of(("p", TensorType.Float16)), otherHalf, Of(("p", TensorType.Float16))).Largest);
        Assert.Equal(0.5, TensorComparison.Of(brain, Of(("p", TensorType.BFloat16)), otherBrain, Of(("p", TensorType.BFloat16))).Largest);
    }

    [Fact]
    public void Of_OutputsInAnotherOrderAndMore_AreFoundByName()
    {
        var live = Of(("p", TensorType.Float32), ("q", TensorType.Float32));
        var shadow = Of(("new", TensorType.Float32), ("q", TensorType.Float32), ("p", TensorType.Float32));

        Assert.Equal(new Comparison(true, 0), TensorComparison.Of([.. Floats(1, 1), .. Floats(1, 2)], live, [.. Floats(1, 9), .. Floats(1, 2), .. Floats(1, 1)], shadow));
        Assert.False(TensorComparison.Of([.. Floats(1, 1), .. Floats(1, 2)], live, Floats(1, 1), One).Agrees);
    }

    [Fact]
    public void Fill_InputsInAnotherOrder_AreLaidOutAnew()
    {
        var live = Inputs(("a", TensorType.Float32), ("b", TensorType.Int64));
        var request = new InferRequest();
        byte[] integer = Tensor(TensorType.Int64, 1, MemoryMarshal.AsBytes<long>([3]));

        ShadowInputs.Fill(request, 1, [.. Floats(1, 1), .. integer], live, Inputs(("b", TensorType.Int64), ("a", TensorType.Float32)));

        Assert.Equal([.. integer, .. Floats(1, 1)], request.InputBlock.ToArray());
        Assert.Equal(1, request.Rows);
    }

    [Theory]
    [InlineData("c", TensorType.Float32, "no such input")]
    [InlineData("a", TensorType.Int64, "FP32")]
    public void Fill_InputThatTheRequestLacks_IsRefused(string name, TensorType type, string found)
    {
        var problem = Assert.Throws<FairleadException>(() => ShadowInputs.Fill(new InferRequest(), 1, Floats(1, 1), Inputs(("a", TensorType.Float32)), Inputs((name, type))));

        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
    }

    private static Signature Of(params (string Name, TensorType Type)[] outputs) => new([], Specs(outputs));

    private static Signature Inputs(params (string Name, TensorType Type)[] inputs) => new(Specs(inputs), []);

    private static TensorSpec[] Specs((string Name, TensorType Type)[] tensors) => [.. tensors.Select(tensor => new TensorSpec(tensor.Name, tensor.Type, [-1]))];

    private static byte[] Floats(int rows, params float[] values) =>
        rows == values.Length ? Tensor(TensorType.Float32, rows, MemoryMarshal.AsBytes<float>(values)) : Tensor(TensorType.Float32, rows, MemoryMarshal.AsBytes<float>(values), values.Length / rows);

    private static byte[] Tensor(TensorType type, long rows, ReadOnlySpan<byte> data, long columns = 0)
    {
        long[] shape = columns == 0 ? [rows] : [rows, columns];
        var block = new byte[TensorBlock.HeaderSize(shape.Length) + data.Length];
        data.CopyTo(block.AsSpan(TensorBlock.WriteHeader(block, type, shape, data.Length)));
        return block;
    }
}
