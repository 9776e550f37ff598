using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.OnnxRuntime.Tests;

internal static class Models
{
    public static OnnxSession Open(byte[] model)
    {
        using var folder = new TemporaryFolder();
        return OnnxSession.Open(folder.Write("model.onnx", model));
    }

    public static byte[] Raw<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>Each a length and its UTF-8.</summary>
    public static byte[] Strings(params string[] values)
    {
        var bytes = new List<byte>();
        foreach (var value in values)
        {
            var text = Encoding.UTF8.GetBytes(value);
            var length = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
            bytes.AddRange(length);
            bytes.AddRange(text);
        }

        return [.. bytes];
    }

    public static byte[] Output(OnnxCall call, int index)
    {
        var bytes = new byte[call.OutputSize(index)];
        call.CopyOutput(index, bytes);
        return bytes;
    }
}
