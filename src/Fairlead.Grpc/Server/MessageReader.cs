using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Fairlead.Grpc.Framing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Grpc.Server;

/// <summary>Cuts a request's bytes into messages, without a copy unless they are compressed, and without a task when they are there already.</summary>
internal sealed class MessageReader
{
    /// <summary>Messages up to here are not counted: what a client may send before anybody reads it bounds them.</summary>
    private const int SmallestCounted = 64 * 1024;
    private PipeReader? pipe;
    private IMessageBudget? budget;
    private long counted;
    private int limit;
    private bool isHeld;
    private SequencePosition heldTo;
    private PooledBuffer? unpacked;

    public GrpcEncoding Encoding { get; set; }

    public ReadOnlySequence<byte> Message { get; private set; }

    private PipeReader Pipe => pipe ?? throw new InvalidOperationException("The call has ended.");

    public void Start(PipeReader reader, int maxBytes, IMessageBudget? messageBudget)
    {
        pipe = reader;
        limit = maxBytes;
        budget = messageBudget;
    }

    /// <returns>False at the end of the stream.</returns>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        Release();
        if (TryRead(out var read) && Take(read, isOnly: false) is { } found)
            return new ValueTask<bool>(found);
        return WaitAsync(cancellationToken);
    }

    /// <summary>Reads the one message of a stream, and its end.</summary>
    public ValueTask ReadUnaryAsync(CancellationToken cancellationToken)
    {
        Release();
        if (TryRead(out var read) && Take(read, isOnly: true) is not null)
            return ValueTask.CompletedTask;
        return WaitUnaryAsync(cancellationToken);
    }

    public void Release()
    {
        Message = default;
        unpacked?.Dispose();
        ReturnCounted();
        if (!isHeld)
            return;
        isHeld = false;
        Pipe.AdvanceTo(heldTo);
    }

    public void Recycle()
    {
        pipe = null;
        isHeld = false;
        heldTo = default;
        Message = default;
        Encoding = GrpcEncoding.Identity;
        unpacked?.Dispose();
        ReturnCounted();
        budget = null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Take(await MoreAsync(cancellationToken).ConfigureAwait(false), isOnly: false) is { } found)
                return found;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitUnaryAsync(CancellationToken cancellationToken)
    {
        while (Take(await MoreAsync(cancellationToken).ConfigureAwait(false), isOnly: true) is null)
        {
            // The rest is still to come.
        }
    }

    private bool TryRead(out ReadResult read)
    {
        try
        {
            return Pipe.TryRead(out read);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw Gone(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> MoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw Gone(e);
        }
    }

    /// <summary>A stream that broke is a client that went, not a fault of the handler that reads it.</summary>
    private static OperationCanceledException Gone(IOException e) => new("The client went away.", e);

    /// <returns>True with a message, false at the stream's end, null when more bytes must come.</returns>
    private bool? Take(in ReadResult read, bool isOnly)
    {
        var buffer = read.Buffer;

        // Whatever is thrown below, the bytes are given back at the end of the call.
        isHeld = true;
        heldTo = buffer.End;
        if (buffer.IsEmpty && read.IsCompleted)
            return isOnly ? throw MessageFault.NoMessage() : false;
        if (buffer.Length < MessagePrefix.Size)
            return read.IsCompleted ? throw MessageFault.EndsInPrefix(buffer.Length) : WaitForMore(buffer);

        var prefix = MessagePrefix.Read(buffer);
        Check(prefix);
        var total = MessagePrefix.Size + (long)prefix.Length;
        if (buffer.Length < total)
            return read.IsCompleted ? throw MessageFault.EndsInMessage(buffer.Length - MessagePrefix.Size, prefix.Length) : WaitForMore(buffer);
        if (isOnly && buffer.Length > total)
            throw MessageFault.MoreThanOne();
        if (isOnly && !read.IsCompleted)
            return WaitForMore(buffer);

        var body = buffer.Slice(MessagePrefix.Size, prefix.Length);
        heldTo = body.End;
        Message = prefix.Flag == MessagePrefix.Compressed ? Unpack(body) : body;
        return true;
    }

    private bool? WaitForMore(in ReadOnlySequence<byte> buffer)
    {
        Count(buffer.Length);
        isHeld = false;
        Pipe.AdvanceTo(buffer.Start, buffer.End);
        return null;
    }

    /// <summary>By what has arrived, never by what the client announced: memory costs the client bytes.</summary>
    private void Count(long arrived)
    {
        if (budget is null || arrived <= Math.Max(SmallestCounted, counted))
            return;
        if (!budget.TryTake(arrived - counted))
            throw new GrpcException(GrpcStatusCode.ResourceExhausted, budget.Refusal);
        counted = arrived;
    }

    private void ReturnCounted()
    {
        if (counted == 0)
            return;
        budget?.Return(counted);
        counted = 0;
    }

    private void Check(MessagePrefix prefix)
    {
        if (prefix.Flag > MessagePrefix.Compressed)
            throw MessageFault.BadFlag(prefix.Flag);
        if (prefix.Length > limit)
            throw MessageFault.TooLarge(prefix.Length, limit);
        if (prefix.Flag == MessagePrefix.Compressed && Encoding == GrpcEncoding.Identity)
            throw MessageFault.NoEncoding();
    }

    private ReadOnlySequence<byte> Unpack(in ReadOnlySequence<byte> body)
    {
        unpacked ??= new PooledBuffer();
        MessageCompression.Decompress(body, Encoding, limit, unpacked);
        return new ReadOnlySequence<byte>(unpacked.Written);
    }
}
