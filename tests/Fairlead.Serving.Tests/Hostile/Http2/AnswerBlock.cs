using System.Globalization;
using System.Text;

namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>Reads as much of an answer's headers as the tests look at. It knows no table but the fixed one, as <see cref="Frames.Opening"/> has asked for.</summary>
internal ref struct AnswerBlock(ReadOnlySpan<byte> block)
{
    private const int FirstStatus = 8;
    private static readonly int[] KnownStatuses = [200, 204, 206, 304, 400, 404, 500];
    private ReadOnlySpan<byte> rest = block;

    /// <summary>0 when the block names none: then it is trailers.</summary>
    public int Status { get; private set; }

    public int? GrpcStatus { get; private set; }

    public void Read()
    {
        while (!rest.IsEmpty)
        {
            var first = rest[0];
            if (first >= 0x80)
                TakeIndexed(Number(7));
            else if (first is >= 0x20 and < 0x40)
                Number(5);
            else
                TakeLiteral(Number(first >= 0x40 ? 6 : 4));
        }
    }

    private void TakeIndexed(int index)
    {
        if (index >= FirstStatus && index < FirstStatus + KnownStatuses.Length)
            Status = KnownStatuses[index - FirstStatus];
    }

    private void TakeLiteral(int index)
    {
        var name = index == 0 ? Text() : index >= FirstStatus && index < FirstStatus + KnownStatuses.Length ? ":status" : "";
        var value = Text();
        if (name == ":status")
            Status = int.Parse(value, CultureInfo.InvariantCulture);
        else if (name == "grpc-status")
            GrpcStatus = int.Parse(value, CultureInfo.InvariantCulture);
    }

    private string Text()
    {
        Assert.True(rest[0] < 0x80, "The answer uses Huffman's code, which this reader does not know.");
        var length = Number(7);
        var text = Encoding.Latin1.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    private int Number(int bits)
    {
        var most = (1 << bits) - 1;
        var number = rest[0] & most;
        rest = rest[1..];
        for (var shift = 0; number >= most; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            number += (next & 0x7F) << shift;
            if (next < 0x80)
                break;
        }

        return number;
    }
}
