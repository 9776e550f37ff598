using System.Buffers;

namespace Fairlead.Serving.Requests;

/// <summary>W3C trace context: <c>00-{32 digits}-{16 digits}-{2 digits}</c>.</summary>
internal static class TraceParent
{
    public const int TraceIdSize = 16;
    private const int TraceIdAt = 3;
    private const int Length = 55;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef-");

    /// <summary>Reads the trace id, 16 bytes; false when the header is absent or not of that form.</summary>
    public static bool TryRead(string? header, Span<byte> traceId)
    {
        if (header is null || header.Length < Length)
            return false;
        var text = header.AsSpan(0, Length);
        return text[2] == '-' && text[35] == '-' && text[52] == '-'
            && (header.Length == Length || header[Length] == '-')
            && !text.ContainsAnyExcept(Digits)

            // A later version may add to it; what no header may hold cannot be answered either.
            && !header.AsSpan(Length).ContainsAnyExceptInRange('!', '~')
            && !text.StartsWith("ff", StringComparison.Ordinal)
            && Convert.FromHexString(text.Slice(TraceIdAt, 2 * TraceIdSize), traceId, out _, out _) == OperationStatus.Done
            && traceId.ContainsAnyExcept((byte)0);
    }
}
