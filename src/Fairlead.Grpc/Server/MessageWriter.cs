using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Fairlead.Grpc.Framing;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Grpc.Server;

/// <summary>Frames messages straight into the server's memory, and ends the call with its status.</summary>
internal sealed class MessageWriter
{
    /// <summary>Up to here a message is written in one piece, which one block of the server's memory holds.</summary>
    private const int OnePiece = 2048;

    /// <summary>Below what any client lets a stream send at first: 64 KB, where it does not say otherwise.</summary>
    private const int MostWithStatus = 16 * 1024;

    /// <summary>Of a message that is sent in pieces.</summary>
    private const int LongestPiece = 256 * 1024;

    /// <summary>HTTP/2's error code for a stream that nobody wants any more.</summary>
    private const int Http2Cancel = 8;

    private IHttpResponseBodyFeature? body;
    private IHeaderDictionary? headers;
    private PipeWriter? pipe;
    private Task start = Task.CompletedTask;
    private GrpcEncoding encoding;
    private long unsent;
    private PooledBuffer? plain;
    private PooledBuffer? packed;

    /// <summary>
    /// More was written than should leave with the status. While a client's windows stop a stream whose status is written too, the server may forget to unmark it as
    /// scheduled, and the next call that is given the same stream is never sent (Kestrel of .NET 10, Http2OutputProducer.StreamReset). So what windows may stop goes before the status.
    /// </summary>
    public bool HoldsMuch => unsent > MostWithStatus;

    private IHeaderDictionary Headers => headers ?? throw new InvalidOperationException("The call has ended.");

    public void Start(IHttpResponseBodyFeature responseBody, IHeaderDictionary responseHeaders)
    {
        body = responseBody;
        headers = responseHeaders;
    }

    public bool TryCompress(string? accepted)
    {
        if (pipe is not null)
            return encoding != GrpcEncoding.Identity;
        encoding = GrpcEncodings.Choose(accepted);
        return encoding != GrpcEncoding.Identity;
    }

    public void Write(ReadOnlySpan<byte> message)
    {
        var writer = Open();
        if (encoding == GrpcEncoding.Identity)
        {
            Frame(writer, MessagePrefix.Plain, message);
            return;
        }

        packed ??= new PooledBuffer();
        packed.Clear();
        MessageCompression.Compress(message, encoding, packed);
        Frame(writer, MessagePrefix.Compressed, packed.Written.Span);
    }

    public void Write(IMessage message)
    {
        var size = message.CalculateSize();
        if (encoding == GrpcEncoding.Identity && size <= OnePiece - MessagePrefix.Size)
        {
            WriteInOnePiece(message, size);
            return;
        }

        // By way of a buffer: the server's memory may end in the middle of the message when the client goes.
        plain ??= new PooledBuffer();
        plain.Clear();
        message.WriteTo(plain);
        Write(plain.Written.Span);
    }

    public PipeWriter BeginMessage(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var writer = Open();
        Span<byte> prefix = stackalloc byte[MessagePrefix.Size];
        MessagePrefix.Write(prefix, MessagePrefix.Plain, length);
        Copy(writer, prefix);
        unsent += length;
        return writer;
    }

    /// <param name="reset">Breaks the stream off when the token is cancelled while the client does not read: a status would wait behind what it left unread.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(IHttpResetFeature? reset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writer = Open();
        await start.ConfigureAwait(false);
        unsent = 0;

        // The server breaks the stream off when a flush is cancelled by its own token, and no status would follow.
        var flush = writer.FlushAsync(CancellationToken.None);
        var result = flush.IsCompletedSuccessfully ? flush.Result : await WaitAsync(flush, reset, cancellationToken).ConfigureAwait(false);

        // A stream that the client reset swallows what is written, and says so nowhere but in the token.
        cancellationToken.ThrowIfCancellationRequested();
        if (result.IsCompleted || result.IsCanceled)
            throw new OperationCanceledException("The client takes no more messages.");
    }

    /// <summary>Writes a message and flushes it, piece by piece.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, IHttpResetFeature? reset, CancellationToken cancellationToken)
    {
        if (encoding != GrpcEncoding.Identity)
        {
            Write(message.Span);
            await FlushAsync(reset, cancellationToken).ConfigureAwait(false);
            return;
        }

        var pipeWriter = BeginMessage(message.Length);
        while (!message.IsEmpty)
        {
            var piece = message[..Math.Min(LongestPiece, message.Length)];
            Copy(pipeWriter, piece.Span);
            message = message[piece.Length..];
            await FlushAsync(reset, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the status: after the messages, or with the headers when there is no message.</summary>
    /// <returns>What is still to be waited for.</returns>
    public Task End(IFeatureCollection features, GrpcStatusCode status, string? message, List<KeyValuePair<string, string>>? trailers)
    {
        IHeaderDictionary target;
        if (pipe is null)
        {
            target = Headers;
            target.ContentType = GrpcContentType.Value;
        }
        else
        {
            target = features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        }

        target.GrpcStatus = status.Number();
        if (!string.IsNullOrEmpty(message))
            target.GrpcMessage = StatusMessage.Encode(message);
        if (trailers is not null)
        {
            foreach (var (name, value) in trailers)
                target.Append(name, value);
        }

        return start;
    }

    public void Recycle()
    {
        body = null;
        headers = null;
        pipe = null;
        start = Task.CompletedTask;
        unsent = 0;
        encoding = GrpcEncoding.Identity;
        plain?.Dispose();
        packed?.Dispose();
    }

    /// <summary>Sets the headers, once. From here on, the status goes into the trailers.</summary>
    private PipeWriter Open()
    {
        if (pipe is not null)
            return pipe;
        var responseHeaders = Headers;
        responseHeaders.ContentType = GrpcContentType.Value;
        if (encoding != GrpcEncoding.Identity)
            responseHeaders.GrpcEncoding = encoding.Name();
        start = body!.StartAsync();
        return pipe = body.Writer;
    }

    private static async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flush, IHttpResetFeature? reset, CancellationToken cancellationToken)
    {
        var task = flush.AsTask();
        try
        {
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            // The server does not always end a flush of a stream that broke: whoever waited for it would wait for ever.
            reset?.Reset(Http2Cancel);
            throw;
        }
    }

    private void WriteInOnePiece(IMessage message, int size)
    {
        var writer = Open();
        var total = MessagePrefix.Size + size;

        // A connection that broke gives no room: there is nobody to write to.
        var room = writer.GetSpan(total);
        if (room.Length < total)
            return;
        MessagePrefix.Write(room, MessagePrefix.Plain, size);
        message.WriteTo(room.Slice(MessagePrefix.Size, size));
        writer.Advance(total);
    }

    private void Frame(PipeWriter writer, byte flag, ReadOnlySpan<byte> message)
    {
        var total = MessagePrefix.Size + message.Length;
        if (total <= OnePiece)
        {
            // A connection that broke gives no room: there is nobody to write to.
            var room = writer.GetSpan(total);
            if (room.Length < total)
                return;
            MessagePrefix.Write(room, flag, message.Length);
            message.CopyTo(room[MessagePrefix.Size..]);
            writer.Advance(total);
            return;
        }

        Span<byte> prefix = stackalloc byte[MessagePrefix.Size];
        MessagePrefix.Write(prefix, flag, message.Length);
        Copy(writer, prefix);
        Copy(writer, message);
        unsent += message.Length;
    }

    private static void Copy(PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = writer.GetSpan();
            if (room.IsEmpty)
                return;
            var part = bytes[..Math.Min(room.Length, bytes.Length)];
            part.CopyTo(room);
            writer.Advance(part.Length);
            bytes = bytes[part.Length..];
        }
    }
}
