using System.Buffers.Binary;
using System.Text;

namespace Fairlead.Conformance.Models;

/// <summary>Tensors as raw bytes: little-endian, row-major, texts with their length before them.</summary>
internal static class TensorBytes
{
    public static byte[] Of(params int[] values) => Encode(values, sizeof(int), BinaryPrimitives.WriteInt32LittleEndian);

    public static byte[] Of(params float[] values) => Encode(values, sizeof(float), BinaryPrimitives.WriteSingleLittleEndian);

    public static byte[] Of(params string[] values) => Texts(values.Select(Encoding.UTF8.GetBytes));

    /// <summary>Texts that need not be UTF-8.</summary>
    public static byte[] Texts(IEnumerable<byte[]> values)
    {
        using var bytes = new MemoryStream();
        foreach (var value in values)
        {
            bytes.Write(Of(value.Length));
            bytes.Write(value);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads texts with their length before them; null when the bytes are none.</summary>
    public static IReadOnlyList<string>? ReadTexts(ReadOnlySpan<byte> bytes)
    {
        var texts = new List<string>();
        while (bytes.Length > 0)
        {
            if (bytes.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && (length < 0 || length > bytes.Length - sizeof(int)))
                return null;
            texts.Add(Encoding.UTF8.GetString(bytes.Slice(sizeof(int), length)));
            bytes = bytes[(sizeof(int) + length)..];
        }

        return texts;
    }

    private delegate void Write<T>(Span<byte> at, T value);

    private static byte[] Encode<T>(T[] values, int size, Write<T> write)
    {
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
            write(bytes.AsSpan(i * size), values[i]);
        return bytes;
    }
}
