using System.Globalization;
using System.Text;

namespace Fairlead.Conformance.Http;

/// <summary>Reads one HTTP/1.1 answer: by its length, in chunks, or to the end of the connection.</summary>
internal sealed class RestAnswerReader(Stream stream)
{
    private const int LongestLine = 64 * 1024;
    private const int LongestBody = 256 * 1024 * 1024;
    private readonly byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <param name="isHead">The answer has a length but no body.</param>
    /// <exception cref="IOException">The connection ended too early, or what came is no HTTP.</exception>
    public async Task<RestAnswer> ReadAsync(bool isHead, CancellationToken cancellationToken)
    {
        int status;
        Dictionary<string, string> headers;
        do
        {
            status = ParseStatus(await ReadLineAsync(cancellationToken).ConfigureAwait(false));
            headers = await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
        }
        while (status is >= 100 and < 200);

        var body = isHead || status is 204 or 304 ? [] : await ReadBodyAsync(headers, cancellationToken).ConfigureAwait(false);
        return new RestAnswer(status, headers, body);
    }

    private static int ParseStatus(string line) =>
        line.Split(' ') is ["HTTP/1.1" or "HTTP/1.0", { Length: 3 } code, ..] && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : throw new IOException($"The answer begins with '{line}', which is no HTTP/1.1 status line.");

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                throw new IOException($"'{line}' is no header.");
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim();
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        return headers;
    }

    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        if (headers.TryGetValue("Transfer-Encoding", out var encoding) && encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            await ReadChunksAsync(body, cancellationToken).ConfigureAwait(false);
        }
        else if (headers.TryGetValue("Content-Length", out var text))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > LongestBody)
                throw new IOException($"The content length '{text}' is no number up to {LongestBody}.");
            await CopyAsync(body, length, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            do
                Drain(body, end - start);
            while (await FillAsync(cancellationToken).ConfigureAwait(false));
        }

        return body.ToArray();
    }

    private async Task ReadChunksAsync(MemoryStream body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (!int.TryParse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0 || body.Length + length > LongestBody)
                throw new IOException($"'{line}' is no length of a chunk.");
            if (length == 0)
                break;
            await CopyAsync(body, length, cancellationToken).ConfigureAwait(false);
            await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }

        while ((await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length > 0)
        {
            // Trailers say nothing here.
        }
    }

    private async Task CopyAsync(MemoryStream body, int length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            if (start == end && !await FillAsync(cancellationToken).ConfigureAwait(false))
                throw new IOException($"The connection ended {length} bytes before the body's end.");
            var count = Math.Min(length, end - start);
            Drain(body, count);
            length -= count;
        }
    }

    private void Drain(MemoryStream body, int count)
    {
        body.Write(buffer, start, count);
        start += count;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end && !await FillAsync(cancellationToken).ConfigureAwait(false))
                throw new IOException(line.Length == 0 ? "The connection was closed without an answer." : $"The connection ended after '{line}'.");
            var at = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            var stop = at < 0 ? end : at;
            line.Append(Encoding.Latin1.GetString(buffer, start, stop - start));
            start = at < 0 ? end : at + 1;
            if (at >= 0)
                return line.ToString().TrimEnd('\r');
            if (line.Length > LongestLine)
                throw new IOException($"A line of the head is longer than {LongestLine} bytes.");
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        start = 0;
        end = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return end > 0;
    }
}
