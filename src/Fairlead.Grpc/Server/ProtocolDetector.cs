using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Fairlead.Grpc.Server;

/// <summary>Looks at the first bytes of a connection without taking them, and marks the connection when they are HTTP/2's preface.</summary>
internal sealed class ProtocolDetector(ConnectionDelegate next, TimeProvider time, TimeSpan silence)
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public Task RunAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        if (!input.TryRead(out var read))
            return WaitAsync(connection);
        var isHttp2 = Judge(read);
        input.AdvanceTo(read.Buffer.Start, isHttp2 is null ? read.Buffer.End : read.Buffer.Start);
        return isHttp2 is { } known ? GoOn(connection, known) : WaitAsync(connection);
    }

    private async Task WaitAsync(ConnectionContext connection)
    {
        if (await DetectAsync(connection).ConfigureAwait(false) is { } isHttp2)
            await GoOn(connection, isHttp2).ConfigureAwait(false);
    }

    /// <returns>Null when the client said too little in its time, or went, or the server stops: the connection is to be closed.</returns>
    private async Task<bool?> DetectAsync(ConnectionContext connection)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var limit = new CancellationTokenSource(silence, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping, connection.ConnectionClosed);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(end.Token).ConfigureAwait(false);
                var isHttp2 = Judge(read);
                input.AdvanceTo(read.Buffer.Start, isHttp2 is null ? read.Buffer.End : read.Buffer.Start);
                if (isHttp2 is not null || read.IsCanceled)
                    return isHttp2;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private Task GoOn(ConnectionContext connection, bool isHttp2)
    {
        if (isHttp2)
        {
            connection.Features.Set<ITlsConnectionFeature>(PriorKnowledge.Instance);
            connection.Features.Set<ITlsApplicationProtocolFeature>(PriorKnowledge.Instance);
        }

        return next(connection);
    }

    /// <returns>Null when more bytes must tell. A connection that ended goes to HTTP/1.1, which knows how to end it.</returns>
    private static bool? Judge(in ReadResult read)
    {
        var length = (int)Math.Min(read.Buffer.Length, Preface.Length);
        Span<byte> first = stackalloc byte[length];
        read.Buffer.Slice(0, length).CopyTo(first);
        if (!Preface.StartsWith(first))
            return false;
        if (length == Preface.Length)
            return true;
        return read.IsCompleted ? false : null;
    }
}
