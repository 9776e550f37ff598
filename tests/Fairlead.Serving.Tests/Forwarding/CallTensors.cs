using System.Buffers.Binary;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Tests.Forwarding;

/// <summary>The tensors of a captured call as texts.</summary>
internal static class CallTensors
{
    /// <summary>Stands for a tensor that is not there.</summary>
    public const string Absent = "absent";

    public static string[] Of(byte[] block)
    {
        var values = new List<string>();
        ReadOnlySpan<byte> rest = block;
        while (TensorBlock.TryRead(ref rest, out var tensor))
        {
            if (tensor.Type == 0)
            {
                values.Add(Absent);
                continue;
            }

            Assert.Equal(1, tensor.Count);
            values.Add(tensor.Type == TensorType.Int64 ? $"{BinaryPrimitives.ReadInt64LittleEndian(tensor.Data)}" : Encoding.UTF8.GetString(tensor.Data[4..]));
        }

        return [.. values];
    }
}
