using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>
/// Reads the head of an answer, strictly: what two readers could take differently is refused. Lines that equal those of the answer before
/// on the same connection, as most do, cost a comparison.
/// </summary>
internal sealed class AnswerHead
{
    private const int MostHeaders = 100;
    private const int StatusLineMinimum = 12;
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private readonly List<AnswerHeader> headers = [];
    private int count;

    public int Status { get; private set; }

    /// <summary>Null when the head says none.</summary>
    public long? ContentLength { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>The connection may be used again after this answer.</summary>
    public bool KeepsAlive { get; private set; }

    public bool IsInterim => Status is >= 100 and < 200 && Status != StatusCodes.Status101SwitchingProtocols;

    /// <summary>Reads a head; false when it is not there to its end yet.</summary>
    /// <param name="length">Of the head, with the empty line.</param>
    /// <exception cref="UpstreamException">It is no head of HTTP/1, or an ambiguous one.</exception>
    public bool TryRead(ReadOnlySpan<byte> bytes, out int length)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        length = end + 4;
        if (end < 0)
            return false;
        var lines = bytes[..(end + 2)];
        var first = lines.IndexOf("\r\n"u8);
        ReadStatus(lines[..first]);
        lines = lines[(first + 2)..];
        count = 0;
        ContentLength = null;
        IsChunked = false;
        while (!lines.IsEmpty)
        {
            var next = lines.IndexOf("\r\n"u8);
            ReadLine(lines[..next]);
            lines = lines[(next + 2)..];
        }

        if (IsChunked && ContentLength is not null)
            throw new UpstreamException("sent both Content-Length and Transfer-Encoding, which leaves open where its answer ends");
        return true;
    }

    /// <summary>Gives the client's answer the headers that are for it.</summary>
    public void CopyTo(IHeaderDictionary target, string? connectionTokens)
    {
        for (var i = 0; i < count; i++)
        {
            var header = headers[i];
            if (header.IsForwarded && (connectionTokens is null || !connectionTokens.Contains(header.Name, StringComparison.OrdinalIgnoreCase)))
                AnswerHeaders.Append(target, header.Name, header.Value);
        }
    }

    /// <summary>The values of the Connection header besides the usual, which name more headers that end here; null mostly.</summary>
    public string? UnusualTokens()
    {
        for (var i = 0; i < count; i++)
        {
            var header = headers[i];
            if (header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value.ToLowerInvariant() is not ("close" or "keep-alive" or "upgrade"))
                return header.Value;
        }

        return null;
    }

    public string? Find(string name)
    {
        for (var i = 0; i < count; i++)
        {
            if (headers[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return headers[i].Value;
        }

        return null;
    }

    private void ReadStatus(ReadOnlySpan<byte> line)
    {
        var isOne = line.StartsWith("HTTP/1.1 "u8);
        if (line.Length < StatusLineMinimum || !(isOne || line.StartsWith("HTTP/1.0 "u8))
            || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var used) || used != 3 || status is < 100 or > 599
            || (line.Length > StatusLineMinimum && line[StatusLineMinimum] != (byte)' '))
            throw new UpstreamException("sent something else than an answer of HTTP/1.1");
        Status = status;
        KeepsAlive = isOne;
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (count == MostHeaders)
            throw new UpstreamException($"sent more than {MostHeaders} headers");
        if (count == headers.Count || !line.SequenceEqual(headers[count].Line))
        {
            var parsed = Parse(line);
            if (count == headers.Count)
                headers.Add(parsed);
            else
                headers[count] = parsed;
        }

        var header = headers[count++];
        if (!header.IsForwarded)
            Heed(header);
    }

    private static AnswerHeader Parse(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(NameBytes))
            throw new UpstreamException("sent a header line without a proper name");
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (value.ContainsAny((byte)0, (byte)'\r', (byte)'\n'))
            throw new UpstreamException("sent a header with a control character");
        var name = Encoding.ASCII.GetString(line[..colon]);
        return new AnswerHeader(line.ToArray(), name, Encoding.Latin1.GetString(value), AnswerHeaders.IsForwarded(name));
    }

    private void Heed(in AnswerHeader header)
    {
        if (header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            ReadLength(header.Value);
        else if (header.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            ReadEncoding(header.Value);
        else if (header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value.Contains("close", StringComparison.OrdinalIgnoreCase))
            KeepsAlive = false;
    }

    private void ReadLength(string value)
    {
        if (value.Length is 0 or > 18 || value.AsSpan().ContainsAnyExceptInRange('0', '9'))
            throw new UpstreamException($"sent the Content-Length '{value}', which is no length");
        var length = long.Parse(value);
        if (ContentLength is { } other && other != length)
            throw new UpstreamException("sent two different Content-Lengths");
        ContentLength = length;
    }

    private void ReadEncoding(string value)
    {
        if (IsChunked || !value.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            throw new UpstreamException($"sent the Transfer-Encoding '{value}', and only 'chunked', once, is read");
        IsChunked = true;
    }
}
