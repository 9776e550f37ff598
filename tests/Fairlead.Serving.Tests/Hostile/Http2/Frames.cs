using System.Buffers.Binary;
using System.Text;

namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>HTTP/2 frames by hand, good and bad.</summary>
internal static class Frames
{
    public const int HeadSize = 9;
    public const int EndStream = 1;
    public const int Ack = 1;
    public const int EndHeaders = 4;
    public const int Padded = 8;
    private const int TableSize = 1;
    private const int WindowSize = 4;

    public static byte[] Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>What a client says first: its answers need no table of headers, and their flow is not held up.</summary>
    public static byte[] Opening => [.. Preface, .. Settings((TableSize, 0), (WindowSize, int.MaxValue)), .. WindowUpdate(0, 1 << 30)];

    public static byte[] Of(FrameType type, int flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeadSize + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)payload.Length);
        frame[3] = (byte)type;
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeadSize));
        return frame;
    }

    public static byte[] Data(int stream, ReadOnlySpan<byte> payload, bool isLast = true) => Of(FrameType.Data, isLast ? EndStream : 0, stream, payload);

    public static byte[] Headers(int stream, ReadOnlySpan<byte> block, bool isLast = false) => Of(FrameType.Headers, EndHeaders | (isLast ? EndStream : 0), stream, block);

    public static byte[] Reset(int stream, int code) => Of(FrameType.Reset, 0, stream, BigEndian(code));

    public static byte[] Ping(int flags = 0) => Of(FrameType.Ping, flags, 0, new byte[8]);

    public static byte[] WindowUpdate(int stream, int increment) => Of(FrameType.WindowUpdate, 0, stream, BigEndian(increment));

    public static byte[] Settings(params (int Id, int Value)[] settings)
    {
        var payload = new byte[settings.Length * 6];
        for (var i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(payload.AsSpan(i * 6), (short)settings[i].Id);
            BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan((i * 6) + 2), settings[i].Value);
        }

        return Of(FrameType.Settings, 0, 0, payload);
    }

    /// <summary>Headers as literals that no table keeps.</summary>
    public static byte[] Block(params IEnumerable<(string Name, string Value)> headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            AddText(block, name);
            AddText(block, value);
        }

        return [.. block];
    }

    /// <summary>The headers of a request: a gRPC call when it has that content type.</summary>
    public static byte[] Request(string method, string path, params IEnumerable<(string Name, string Value)> headers) =>
        Block([(":method", method), (":scheme", "http"), (":path", path), (":authority", "localhost"), .. headers]);

    /// <summary>A text with its length, as HPACK has it, without Huffman's code.</summary>
    public static void AddText(List<byte> block, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        AddNumber(block, 0, 7, bytes.Length);
        block.AddRange(bytes);
    }

    /// <summary>A whole number in the last bits of a byte and what follows, as HPACK has it.</summary>
    public static void AddNumber(List<byte> block, int first, int bits, int number)
    {
        var most = (1 << bits) - 1;
        if (number < most)
        {
            block.Add((byte)(first | number));
            return;
        }

        block.Add((byte)(first | most));
        for (number -= most; number >= 0x80; number >>= 7)
            block.Add((byte)(number | 0x80));
        block.Add((byte)number);
    }

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
