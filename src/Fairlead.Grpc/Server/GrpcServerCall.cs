using System.Buffers;
using System.IO.Pipelines;
using Fairlead.Grpc.Framing;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Fairlead.Grpc.Server;

/// <summary>
/// One call as its handler sees it: metadata, deadline, messages in, messages out, the status. One user at a time reads, and one writes;
/// the two may be different ones. A connection's streams keep their call objects for the calls after.
/// </summary>
public sealed class GrpcServerCall
{
    private static readonly object StateKey = new();
    private readonly CallDeadline deadline = new();
    private readonly MessageReader reader = new();
    private readonly MessageWriter writer = new();
    private IFeatureCollection? features;
    private IHttpRequestFeature? request;
    private IHttpResponseFeature? response;
    private List<KeyValuePair<string, string>>? trailers;
    private bool isStream;
    private bool isFinished;
    private GrpcStatusCode status;
    private string? statusMessage;

    private GrpcServerCall()
    {
    }

    /// <summary>As the client called it: <c>/package.Service/Method</c>.</summary>
    public string Path => Request.Path;

    /// <summary>The client's metadata; names of binary values end in <c>-bin</c>, see <see cref="Binary"/>.</summary>
    public IHeaderDictionary RequestHeaders => Request.Headers;

    /// <summary>Metadata that goes before the first message: to be set before anything is flushed.</summary>
    public IHeaderDictionary ResponseHeaders => Response.Headers;

    /// <summary>The time that the client gave the call when it began; null when it gave none.</summary>
    public TimeSpan? Timeout => deadline.Timeout;

    /// <summary>Cancelled when the deadline passes or the client goes away. Asking for it costs an allocation when there is no deadline.</summary>
    public CancellationToken Cancelled => deadline.Token(Features);

    public bool IsDeadlineExceeded => deadline.IsExceeded;

    /// <summary>Cancelled when the connection shall end, because the server stops: the time for a stream without an end of its own to find one.</summary>
    public CancellationToken Stopping => Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;

    /// <summary>The message that the last read found. It is the server's memory: good until the next read, or <see cref="Release"/>.</summary>
    public ReadOnlySequence<byte> Message => reader.Message;

    /// <summary>Whether bytes of an answer are on their way already, so that headers cannot change any more.</summary>
    public bool HasStarted => Response.HasStarted;

    /// <summary>Everything below this class, for handlers that forward a call as it is.</summary>
    public IFeatureCollection Features => features ?? throw Ended();

    internal bool HoldsMuch => writer.HoldsMuch;

    internal bool IsAborted => Features.Get<IHttpRequestLifetimeFeature>() is { RequestAborted.IsCancellationRequested: true };

    private IHttpRequestFeature Request => request ?? throw Ended();

    private IHttpResponseFeature Response => response ?? throw Ended();

    /// <summary>Reads the one message of a unary or server-streaming call into <see cref="Message"/>. Completes at once when it is there already.</summary>
    /// <exception cref="GrpcException">InvalidArgument: no message, more than one, or a broken one. ResourceExhausted: too long.</exception>
    public ValueTask ReadUnaryAsync() => reader.ReadUnaryAsync(deadline.OwnToken);

    /// <summary>Reads the next message of a stream into <see cref="Message"/>; false when the client has sent its last.</summary>
    /// <exception cref="GrpcException">InvalidArgument: a broken message. ResourceExhausted: too long.</exception>
    public ValueTask<bool> ReadAsync()
    {
        ExpectStream();
        return reader.ReadAsync(deadline.OwnToken);
    }

    /// <summary><see cref="Message"/> as an object.</summary>
    /// <exception cref="GrpcException">InvalidArgument: the bytes are not such a message.</exception>
    public T Parse<T>(MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(Message);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new GrpcException(GrpcStatusCode.InvalidArgument, $"The message is not what '{Path}' takes: {e.Message}", innerException: e);
        }
    }

    /// <summary>Gives the memory of <see cref="Message"/> back before the next read does.</summary>
    public void Release() => reader.Release();

    /// <summary>The value of a binary header (<c>…-bin</c>); null when it is absent.</summary>
    /// <exception cref="GrpcException">InvalidArgument: not base64.</exception>
    public byte[]? Binary(string name) => BinaryMetadata.Decode(name, RequestHeaders[name]);

    /// <summary>Compresses the messages from now on, if nothing was written yet and the client reads an encoding that compresses. Says whether it does.</summary>
    public bool TryCompress() => writer.TryCompress(RequestHeaders.GrpcAcceptEncoding);

    /// <summary>Writes a message. It leaves with the next flush, or with the end of the call.</summary>
    public void Write(ReadOnlySpan<byte> message) => writer.Write(message);

    /// <summary>Writes a message. It leaves with the next flush, or with the end of the call.</summary>
    public void Write(IMessage message) => writer.Write(message);

    /// <summary>Writes a message of any size, and sends it in pieces as the client takes them, so that the server's own memory holds little of it.</summary>
    /// <param name="message">Stays as it is until the task ends.</param>
    /// <exception cref="OperationCanceledException">The deadline passed, or the client is gone.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message) => writer.SendAsync(message, Features.Get<IHttpResetFeature>(), Cancelled);

    /// <summary>
    /// Begins a message that is not compressed: the caller then writes exactly <paramref name="length"/> bytes to the writer and nothing
    /// else. A client that went leaves a writer whose spans may be empty: stop writing then.
    /// </summary>
    public PipeWriter BeginMessage(int length) => writer.BeginMessage(length);

    /// <summary>Sends what was written, or only the headers when nothing was; waits while the client is slow.</summary>
    /// <exception cref="OperationCanceledException">The deadline passed, or the client is gone.</exception>
    public ValueTask FlushAsync() => writer.FlushAsync(Features.Get<IHttpResetFeature>(), Cancelled);

    /// <summary>Adds metadata that goes after the last message. The name is in lower case, the value in ASCII.</summary>
    public void AddTrailer(string name, string value) => (trailers ??= []).Add(new KeyValuePair<string, string>(name, value));

    /// <summary>Says how the call ends; messages cannot follow. The first status that is said holds.</summary>
    public void Finish(GrpcStatusCode code, string? message = null)
    {
        if (isFinished)
            return;
        isFinished = true;
        status = code;
        statusMessage = message;
    }

    /// <summary>Lets the stream take as many bytes as it likes, as slowly as it likes: each of its messages is limited, not their sum.</summary>
    public void ExpectStream()
    {
        if (isStream)
            return;
        isStream = true;
        if (Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    internal static GrpcServerCall Begin(IFeatureCollection features, IHttpRequestFeature request)
    {
        var state = features.Get<IPersistentStateFeature>()?.State;
        if (state is null || !state.TryGetValue(StateKey, out var kept) || kept is not GrpcServerCall call || call.features is not null)
        {
            call = new GrpcServerCall();
            state?[StateKey] = call;
        }

        // Asked for once: both are looked at many times in each call.
        call.features = features;
        call.request = request;
        call.response = features.GetRequiredFeature<IHttpResponseFeature>();
        return call;
    }

    /// <exception cref="GrpcException">InvalidArgument: the timeout cannot be read. Unimplemented: the encoding is unknown.</exception>
    internal void ReadHeaders(GrpcServerOptions options)
    {
        var headers = RequestHeaders;
        if (Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        reader.Start(Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader, options.MaxMessageBytes, options.Budget);
        writer.Start(Features.GetRequiredFeature<IHttpResponseBodyFeature>(), Response.Headers);
        if (headers.GrpcTimeout is { Count: > 0 } timeout)
            deadline.Start(timeout.ToString(), Features, options.Time);
        if (headers.GrpcEncoding is { Count: > 0 } encoding)
            UseEncoding(encoding.ToString());
    }

    internal void Fail(GrpcException failure)
    {
        foreach (var trailer in failure.Trailers)
            AddTrailer(trailer.Key, trailer.Value);
        isFinished = false;
        Finish(failure.Status, failure.Message);
    }

    /// <summary>Writes the status; the server sends it when the request's task completes.</summary>
    internal Task EndAsync()
    {
        reader.Release();
        return writer.End(Features, status, statusMessage, trailers);
    }

    /// <summary>Forgets everything of this call, so that the stream's next one can use the object.</summary>
    internal void Recycle()
    {
        reader.Recycle();
        writer.Recycle();
        deadline.Recycle();
        trailers?.Clear();
        isStream = false;
        isFinished = false;
        status = GrpcStatusCode.Ok;
        statusMessage = null;
        features = null;
        request = null;
        response = null;
    }

    private static InvalidOperationException Ended() => new("The call has ended.");

    private void UseEncoding(string name)
    {
        if (GrpcEncodings.Parse(name) is { } encoding)
        {
            reader.Encoding = encoding;
            return;
        }

        ResponseHeaders.GrpcAcceptEncoding = GrpcEncodings.Accepted;
        throw MessageFault.UnknownEncoding(name);
    }
}
