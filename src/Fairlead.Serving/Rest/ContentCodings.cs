using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Fairlead.Serving.Rest;

/// <summary>Reads <c>Content-Encoding</c> and <c>Accept-Encoding</c>.</summary>
internal static class ContentCodings
{
    public const string Gzip = "gzip";
    public const string Deflate = "deflate";

    /// <summary>False when the body is compressed in a way that is not read.</summary>
    public static bool TryRead(StringValues contentEncoding, out ContentCoding coding)
    {
        coding = ContentCoding.Identity;
        if (contentEncoding.Count == 0)
            return true;
        if (contentEncoding.Count > 1 || contentEncoding[0] is not { } text)
            return false;
        var name = text.AsSpan().Trim();
        if (Is(name, Gzip) || Is(name, "x-gzip"))
            coding = ContentCoding.Gzip;
        else if (Is(name, Deflate))
            coding = ContentCoding.Deflate;
        else
            return name.IsEmpty || Is(name, "identity");
        return true;
    }

    /// <summary>What the client likes best of what can be written, gzip before deflate; it must name one.</summary>
    public static ContentCoding Choose(StringValues acceptEncoding)
    {
        double gzip = 0, deflate = 0;
        foreach (var line in acceptEncoding)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var part = line.AsSpan()[range];
                var end = part.IndexOf(';');
                var name = (end < 0 ? part : part[..end]).Trim();
                var quality = end < 0 ? 1 : Quality(part[(end + 1)..]);
                if (Is(name, Gzip))
                    gzip = quality;
                else if (Is(name, Deflate))
                    deflate = quality;
            }
        }

        return gzip > 0 && gzip >= deflate ? ContentCoding.Gzip : deflate > 0 ? ContentCoding.Deflate : ContentCoding.Identity;
    }

    private static double Quality(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim();
        return parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) ? quality : 0;
    }

    private static bool Is(ReadOnlySpan<char> name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
