using System.Text;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>
/// Takes the values of secrets out of text: as they are, each of their lines, and as Base64 and in URLs they would look. What is shorter than four characters
/// would be found in everything and is left.
/// </summary>
internal sealed class SecretScrubber
{
    public const string Mask = "***";

    public static readonly SecretScrubber None = new([]);

    private const int Shortest = 4;

    /// <summary>In bytes: half of the longest line of a log.</summary>
    private const int Longest = 8 * 1024;
    private readonly List<string> texts;
    private readonly List<byte[]> bytes;

    public SecretScrubber(IEnumerable<string> values)
    {
        // The longest first, so that no rest of one stays when another is a part of it.
        texts = [.. values.SelectMany(Forms).Where(form => form.Length >= Shortest && Encoding.UTF8.GetByteCount(form) <= Longest).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
        bytes = texts.ConvertAll(Encoding.UTF8.GetBytes);
    }

    public bool IsEmpty => texts.Count == 0;

    public string Scrub(string line) => texts.Aggregate(line, (text, secret) => text.Replace(secret, Mask, StringComparison.Ordinal));

    /// <summary>How much of a line that goes on may be written without cutting through a secret; all of it where that cannot be.</summary>
    public int SafeCut(ReadOnlySpan<byte> line)
    {
        var cut = line.Length - (bytes.Count == 0 ? 0 : bytes.Max(secret => secret.Length) - 1);
        for (var isMoved = true; isMoved;)
        {
            isMoved = false;
            foreach (var secret in bytes)
            {
                var from = Math.Max(0, cut - secret.Length + 1);
                var found = line[from..].IndexOf(secret);
                if (found < 0 || from + found >= cut)
                    continue;
                cut = from + found;
                isMoved = true;
            }
        }

        return cut > 0 ? cut : line.Length;
    }

    private static IEnumerable<string> Forms(string value)
    {
        yield return value;
        foreach (var line in value.Split('\n'))
            yield return line.TrimEnd('\r');
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        yield return Uri.EscapeDataString(value);
    }
}
