using System.Buffers.Binary;

namespace Fairlead.OnnxRuntime;

/// <summary>Reads the engine's strings: each a 32-bit little-endian length and the bytes.</summary>
internal static unsafe class StringTensor
{
    public static int Size(OnnxApi api, nint value, int elements)
    {
        nuint bytes;
        api.Check(api.GetStringTensorDataLength(value, &bytes));
        return checked((int)bytes + (elements * sizeof(uint)));
    }

    /// <param name="target">As long as <see cref="Size"/> says.</param>
    public static void Copy(OnnxApi api, nint value, int elements, Span<byte> target)
    {
        for (var i = 0; i < elements; i++)
        {
            nuint length;
            api.Check(api.GetStringTensorElementLength(value, (nuint)i, &length));
            BinaryPrimitives.WriteUInt32LittleEndian(target, checked((uint)length));
            var text = target.Slice(sizeof(uint), (int)length);
            fixed (byte* pointer = text)
            {
                if (length != 0)
                    api.Check(api.GetStringTensorElement(value, length, (nuint)i, pointer));
            }

            target = target[(sizeof(uint) + (int)length)..];
        }
    }
}
