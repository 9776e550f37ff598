using System.Buffers.Binary;
using System.Text;
using Fairlead.Domain.Models;

namespace Fairlead.Inference.Tests;

/// <summary>A signature and tensors that fit it, drawn at random from a seed.</summary>
internal sealed class RandomTensors
{
    private readonly Random random;

    public RandomTensors(int seed)
    {
        random = new Random(seed);
        Rows = random.Next(8) == 0 ? 0 : random.Next(1, 6);
        var inputs = Enumerable.Range(0, random.Next(1, 5)).Select(i => new TensorSpec($"input {i} \"é\"", Type(), Shape())).ToArray();
        Signature = new Signature(inputs, inputs);
        Tensors = [.. inputs.Select(Fill)];
    }

    public Signature Signature { get; }

    public int Rows { get; }

    /// <summary>One per input, in the signature's order.</summary>
    public (TensorType Type, long[] Shape, byte[] Data)[] Tensors { get; }

    public bool Coin() => random.Next(2) == 0;

    /// <summary>The inputs' places in an order of the client's.</summary>
    public int[] Order()
    {
        var order = Enumerable.Range(0, Tensors.Length).ToArray();
        random.Shuffle(order);
        return order;
    }

    private TensorType Type() => (TensorType)random.Next((int)TensorType.Bool, (int)TensorType.Bytes + 1);

    private long[] Shape() => random.Next(6) switch
    {
        0 => [-1],
        1 => [-1, random.Next(4)],
        2 => [-1, -1],
        3 => [-1, 2, -1, 1],
        4 => [random.Next(1, 4)],
        _ => [],
    };

    private (TensorType Type, long[] Shape, byte[] Data) Fill(TensorSpec spec)
    {
        var shape = spec.Shape.Select((size, axis) => size >= 0 ? size : axis == 0 ? Rows : random.Next(4)).ToArray();
        var data = new List<byte>();
        for (var i = shape.Aggregate(1L, (count, size) => count * size); i > 0; i--)
            data.AddRange(Element(spec.Type));
        return (spec.Type, shape, [.. data]);
    }

    // Text, whole ranges, and floats that JSON can carry.
    private byte[] Element(TensorType type)
    {
        if (type == TensorType.Bytes)
        {
            var text = Encoding.UTF8.GetBytes(new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => "a\"\\é\n東/"[random.Next(7)])]));
            var length = new byte[sizeof(uint)];
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            return [.. length, .. text];
        }

        var element = new byte[type.ElementSize()];
        do
            random.NextBytes(element);
        while (!IsFinite(type, element));
        if (type == TensorType.Bool)
            element[0] &= 1;
        return element;
    }

    private static bool IsFinite(TensorType type, byte[] element) => type switch
    {
        TensorType.Float32 => float.IsFinite(BitConverter.ToSingle(element)),
        TensorType.Float64 => double.IsFinite(BitConverter.ToDouble(element)),
        TensorType.Float16 => Half.IsFinite(BitConverter.ToHalf(element)),
        TensorType.BFloat16 => (element[1] & 0x7F) != 0x7F || (element[0] & 0x80) == 0,
        _ => true,
    };
}
