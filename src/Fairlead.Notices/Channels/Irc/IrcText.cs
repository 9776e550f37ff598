using System.Text;

namespace Fairlead.Notices.Channels.Irc;

/// <summary>Cuts text into what fits into lines of IRC.</summary>
internal static class IrcText
{
    /// <summary>Bytes of a line with its end and who sent it.</summary>
    private const int LongestLine = 512;

    /// <summary>Lines without control characters, none with more bytes than fit, cut between words where there are some.</summary>
    /// <param name="frame">What stands before the text when it reaches others.</param>
    public static IEnumerable<string> Lines(string text, string frame)
    {
        var most = LongestLine - 2 - Encoding.UTF8.GetByteCount(frame);
        foreach (var line in PlainText.Clean(text).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var rest = line;
            while (Encoding.UTF8.GetByteCount(rest) > most)
            {
                var cut = Fitting(rest, most);
                var blank = rest.LastIndexOf(' ', cut - 1);
                var end = blank > cut / 2 ? blank : cut;
                yield return rest[..end].TrimEnd();
                rest = rest[end..].TrimStart();
            }

            if (rest.Length > 0)
                yield return rest;
        }
    }

    /// <summary>How many characters fit.</summary>
    private static int Fitting(string text, int most)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most)
                break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }
}
