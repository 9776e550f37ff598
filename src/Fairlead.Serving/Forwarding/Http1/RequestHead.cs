using System.Buffers.Text;
using System.Text;
using Fairlead.Serving.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>Writes the head of a request as the instance gets it, and a short body behind it, into one buffer that goes out at once.</summary>
internal sealed class RequestHead
{
    private byte[] buffer = new byte[2048];
    private int length;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <param name="contentLength">Of the body; null when there is none or it is chunked.</param>
    public void Write(ForwardCall call, long? contentLength, bool isChunked, bool isUpgrade)
    {
        length = 0;
        var request = call.Exchange.Features.GetRequiredFeature<IHttpRequestFeature>();
        Add(request.Method);
        Add(" "u8);
        Add(call.Target);
        Add(" HTTP/1.1\r\n"u8);
        foreach (var (name, values) in request.Headers)
        {
            if (!RequestHeaders.IsForwarded(name, call))
                continue;
            foreach (var value in values)
                Add(name, value);
        }

        AddOwn(call, request);
        if (isUpgrade)
            Add("Connection: Upgrade\r\nUpgrade: websocket\r\n"u8);
        if (contentLength is { } bodyLength)
            AddLength(bodyLength);
        else if (isChunked)
            Add("Transfer-Encoding: chunked\r\n"u8);
        Add("\r\n"u8);
    }

    public Span<byte> Extend(int count)
    {
        Reserve(count);
        length += count;
        return buffer.AsSpan(length - count, count);
    }

    private void AddOwn(ForwardCall call, IHttpRequestFeature request)
    {
        var headers = request.Headers;
        var host = headers.Host.ToString();
        Add("Host", host);
        var client = call.ClientAddress;
        Add("X-Forwarded-For", headers.TryGetValue(RequestHeaders.ForwardedFor, out var before) && before.Count > 0 ? $"{before}, {client}" : client);
        if (!headers.ContainsKey(RequestHeaders.ForwardedProto))
            Add("X-Forwarded-Proto: http\r\n"u8);
        if (!headers.ContainsKey(RequestHeaders.ForwardedHost))
            Add("X-Forwarded-Host", host);
        if (call.TraceParent is { } traceParent)
            Add("traceparent", traceParent);
        Add(RouteFinder.EnvironmentHeader, call.Group.Name.Environment);
        Add(ForwardCall.PredictionHeader, call.IdText);
        if (call.ShadowOf is not null)
            Add(ForwardCall.ShadowHeader, "1");
    }

    private void Add(string name, string? value)
    {
        Add(name);
        Add(": "u8);
        Add(value);
        Add("\r\n"u8);
    }

    private void Add(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    private void AddLength(long value)
    {
        Add("Content-Length: "u8);
        Reserve(20);
        Utf8Formatter.TryFormat(value, buffer.AsSpan(length), out var written);
        length += written;
        Add("\r\n"u8);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (buffer.Length - length < count)
            Array.Resize(ref buffer, Math.Max(2 * buffer.Length, length + count));
    }
}
