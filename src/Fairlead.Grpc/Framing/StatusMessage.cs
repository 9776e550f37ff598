using System.Buffers;
using System.Text;

namespace Fairlead.Grpc.Framing;

/// <summary>The <c>grpc-message</c> trailer: UTF-8 with everything but printable ASCII percent-encoded.</summary>
internal static class StatusMessage
{
    private const string Digits = "0123456789ABCDEF";
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(letter => letter != '%')]);

    public static string Encode(string message)
    {
        if (!message.AsSpan().ContainsAnyExcept(Plain))
            return message;
        var text = new StringBuilder(message.Length + 32);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            if (Plain.Contains((char)octet))
                text.Append((char)octet);
            else
                text.Append('%').Append(Digits[octet >> 4]).Append(Digits[octet & 15]);
        }

        return text.ToString();
    }

    /// <summary>The message as it was meant. What is wrongly encoded stays as it is: a bad message is better than none.</summary>
    public static string Decode(string message)
    {
        if (!message.Contains('%'))
            return message;
        var bytes = Encoding.UTF8.GetBytes(message);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(Encoding.ASCII.GetString(bytes, i + 1, 2))[0];
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
