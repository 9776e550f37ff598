using System.Runtime.CompilerServices;
using Fairlead.Grpc.Framing;
using Google.Protobuf;

namespace Fairlead.Grpc.Client;

/// <summary>
/// One call that is under way: messages out, messages in, and how it ended. One user at a time writes, and one reads; the two may be
/// different ones. Disposing a call that has not ended cancels it.
/// </summary>
public sealed class GrpcClientCall : IDisposable
{
    private readonly string path;
    private readonly StreamingContent? stream;
    private readonly CancellationToken callers;
    private readonly CancellationTokenSource? limit;
    private readonly CancellationTokenSource end;
    private readonly GrpcChannelOptions options;
    private readonly HttpRequestMessage request;
    private readonly Task<HttpResponseMessage> response;
    private ResponseReader? reader;

    internal GrpcClientCall(string path, HttpMessageInvoker http, HttpRequestMessage request, StreamingContent? stream, TimeSpan? timeout, GrpcChannelOptions options, CancellationToken cancellationToken)
    {
        this.path = path;
        this.request = request;
        this.stream = stream;
        this.options = options;
        callers = cancellationToken;
        limit = timeout is { } time ? new CancellationTokenSource(time < TimeSpan.Zero ? TimeSpan.Zero : time, options.Time) : null;
        end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit?.Token ?? CancellationToken.None);
        response = http.SendAsync(request, end.Token);
    }

    /// <summary>Metadata from after the last message, the status included; empty until <see cref="ReadAsync()"/> answered null.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; private set; } = [];

    /// <summary>Waits for the metadata that the server sends before its first message.</summary>
    /// <exception cref="GrpcException">The call failed before it was answered.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadHeadersAsync() => ResponseStatus.Metadata((await AnsweredAsync().ConfigureAwait(false)).Headers);

    /// <summary>Sends a message.</summary>
    /// <exception cref="GrpcException">The call ended already: Cancelled, and <see cref="ReadAsync()"/> says how it ended.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> message)
    {
        var to = stream ?? throw new InvalidOperationException("The call's one message was sent with it.");
        using var framed = new PooledBuffer();
        MessageContent.Frame(message.Span, framed);
        try
        {
            if (await Task.WhenAny(to.Opened, response).ConfigureAwait(false) == response && !to.Opened.IsCompleted)
                await response.ConfigureAwait(false);
            var body = await to.Opened.WaitAsync(end.Token).ConfigureAwait(false);
            await body.WriteAsync(framed.Written, end.Token).ConfigureAwait(false);
            await body.FlushAsync(end.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw ExplainWrite(e);
        }
    }

    /// <inheritdoc cref="WriteAsync(ReadOnlyMemory{byte})"/>
    public Task WriteAsync(IMessage message) => WriteAsync(message.ToByteArray());

    /// <summary>Says that no more messages follow.</summary>
    public void Complete() => stream?.Complete();

    /// <summary>Waits for the next message.</summary>
    /// <returns>The message, good until the next read; null when the call ended with OK.</returns>
    /// <exception cref="GrpcException">The call ended otherwise.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        var answer = await AnsweredAsync().ConfigureAwait(false);
        try
        {
            reader ??= await OpenAsync(answer).ConfigureAwait(false);
            if (await reader.ReadAsync(end.Token).ConfigureAwait(false) is { } message)
                return message;
        }
        catch (GrpcException fault)
        {
            throw ResponseStatus.OfFault(fault);
        }
        catch (Exception e)
        {
            throw Explain(e);
        }

        Trailers = ResponseStatus.End(answer, path);
        return null;
    }

    /// <summary>Waits for the next message; null when the call ended with OK.</summary>
    /// <exception cref="GrpcException">The call ended otherwise.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => await ReadAsync().ConfigureAwait(false) is { } message ? Parse(path, message, parser) : null;

    /// <summary>The messages until the call ends with OK.</summary>
    /// <exception cref="GrpcException">The call ended otherwise.</exception>
    public async IAsyncEnumerable<T> ReadAllAsync<T>(MessageParser<T> parser, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class, IMessage<T>
    {
        using var stop = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), end);
        while (await ReadAsync(parser).ConfigureAwait(false) is { } message)
            yield return message;
    }

    public void Dispose()
    {
        end.Cancel();
        stream?.Complete();
        reader?.Dispose();
        _ = DropAsync(response);
        request.Dispose();
        end.Dispose();
        limit?.Dispose();
    }

    internal static T Parse<T>(string path, ReadOnlyMemory<byte> message, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(message.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"The answer of '{path}' is not a '{typeof(T).Name}': {e.Message}", innerException: e);
        }
    }

    private static async Task DropAsync(Task<HttpResponseMessage> response)
    {
        try
        {
            (await response.ConfigureAwait(false)).Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // Whoever read the call knows already.
        }
    }

    private async Task<HttpResponseMessage> AnsweredAsync()
    {
        HttpResponseMessage answer;
        try
        {
            answer = await response.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Explain(e);
        }

        ResponseStatus.Check(answer, path);
        return answer;
    }

    private async Task<ResponseReader> OpenAsync(HttpResponseMessage answer)
    {
        var name = answer.Headers.NonValidated.TryGetValues("grpc-encoding", out var values) ? values.ToString() : string.Empty;
        if (GrpcEncodings.Parse(name) is not { } encoding)
            throw MessageFault.UnknownEncoding(name);
        return new ResponseReader(await answer.Content.ReadAsStreamAsync(end.Token).ConfigureAwait(false), encoding, options.MaxMessageBytes);
    }

    /// <summary>A write fails because the call ended; how it ended is what the caller wants to know. The reading side may be busy finding out.</summary>
    private Exception ExplainWrite(Exception e)
    {
        if (end.IsCancellationRequested)
            return Explain(e);
        if (response.IsFaulted)
            return Explain(response.Exception.InnerException ?? response.Exception);
        return new GrpcException(GrpcStatusCode.Cancelled, $"The server takes no more messages of the call of '{path}'; reading it says how it ended.", innerException: e);
    }

    private Exception Explain(Exception e)
    {
        if (callers.IsCancellationRequested)
            return new OperationCanceledException($"The call of '{path}' was cancelled.", e, callers);
        if (limit is { IsCancellationRequested: true })
            return new GrpcException(GrpcStatusCode.DeadlineExceeded, $"The deadline passed before '{path}' was answered.", innerException: e);
        return e is OperationCanceledException
            ? new OperationCanceledException($"The call of '{path}' was cancelled.", e, end.Token)
            : ResponseStatus.OfTransport(e, path);
    }
}
