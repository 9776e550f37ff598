using System.Globalization;
using System.Text;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Takes what a server sent over HTTP/1.1 apart into answers.</summary>
internal sealed class HttpAnswers
{
    private readonly List<byte> rest = [];

    /// <summary>Statuses of the final answers so far.</summary>
    public List<int> Statuses { get; } = [];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        rest.AddRange(bytes);
        while (TryTake())
        {
            // The next one.
        }
    }

    private bool TryTake()
    {
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rest);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var lines = Encoding.Latin1.GetString(bytes[..end]).Split("\r\n");
        Assert.StartsWith("HTTP/1.1 ", lines[0], StringComparison.Ordinal);
        var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        var taken = end + 4;
        if (status >= 200)
        {
            var length = lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            Assert.True(length is not null || status is 204 or 304, $"An answer without length: {lines[0]}");
            var body = length is null ? 0 : int.Parse(length.AsSpan(15), CultureInfo.InvariantCulture);

            // The answer to HEAD announces a body that does not come; no body begins as an answer does.
            var after = bytes[taken..];
            if (body > 0 && !after.StartsWith("HTTP/1.1 "u8))
            {
                if (after.Length < body && !(after.IsEmpty && IsLastEmpty))
                    return false;
                taken += Math.Min(body, after.Length);
            }

            Statuses.Add(status);
        }

        rest.RemoveRange(0, taken);
        return true;
    }

    /// <summary>Set when the request that is to be answered last was HEAD, or when the connection has ended.</summary>
    public bool IsLastEmpty { get; set; }
}
