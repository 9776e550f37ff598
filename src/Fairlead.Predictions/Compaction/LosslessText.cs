using System.Text;
using System.Text.Unicode;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// Bytes as a VARCHAR. Valid UTF-8 is itself. Anything else becomes the text form of a BLOB (<c>\xFF</c> for a byte that is not
/// printable ASCII), so that nothing is lost: <c>value::BLOB</c> gives the bytes back.
/// </summary>
internal static class LosslessText
{
    public static void Write(DuckDbColumnWriter column, ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            column.WriteUtf8(bytes);
        else
            column.WriteUtf8(Escape(bytes));
    }

    /// <summary>Writes NULL for no bytes.</summary>
    public static void WriteOptional(DuckDbColumnWriter column, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            column.WriteNull();
        else
            Write(column, bytes);
    }

    private static byte[] Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and < 0x7F and not (byte)'\\' and not (byte)'\'' and not (byte)'"')
                text.Append((char)value);
            else
                text.Append($"\\x{value:X2}");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
