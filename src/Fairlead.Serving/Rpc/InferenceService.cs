using System.Buffers;
using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Grpc.Server;
using Fairlead.Inference;
using Fairlead.Inference.Grpc;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Rpc;

/// <summary>Infer requests by gRPC, one by one and in streams, read from the bytes of the messages and not from objects.</summary>
internal sealed class InferenceService(RouteSource routes, Predictor predictor, RisingClock clock) : IGrpcService
{
    private const int LongestName = 256;
    private const int LongestPooled = 1024 * 1024;
    private const string Prefix = "/inference.GRPCInferenceService/";

    public IEnumerable<GrpcMethod> Methods =>
    [
        new(Prefix + "ModelInfer", InferAsync),
        new(Prefix + "ModelStreamInfer", InferStreamAsync),
    ];

    private ValueTask InferAsync(GrpcServerCall call)
    {
        var arrival = new Arrival(clock);
        var read = call.ReadUnaryAsync();
        if (!read.IsCompletedSuccessfully)
            return AwaitAsync(call, read, arrival);
        return new ValueTask(AnswerAsync(new GrpcInferCall(call), call, arrival));
    }

    private async ValueTask AwaitAsync(GrpcServerCall call, ValueTask read, Arrival arrival)
    {
        await read.ConfigureAwait(false);
        await AnswerAsync(new GrpcInferCall(call), call, arrival).ConfigureAwait(false);
    }

    private async ValueTask InferStreamAsync(GrpcServerCall call)
    {
        while (await call.ReadAsync().ConfigureAwait(false))
        {
            var arrival = new Arrival(clock);
            var stream = new GrpcStreamCall(call);
            try
            {
                await AnswerAsync(stream, call, arrival).ConfigureAwait(false);
            }
            catch (FairleadException e)
            {
                // Before it met a server group: as what becomes of it there, it is the message's failure, not the stream's.
                await stream.FailAsync(GrpcInferReader.ReadId(call.Message.ToArray()), e.Message).ConfigureAwait(false);
            }
        }
    }

    private Task AnswerAsync<TCall>(in TCall infer, GrpcServerCall call, in Arrival arrival)
        where TCall : struct, IInferCall
    {
        var message = call.Message;
        if (message.IsSingleSegment)
            return AnswerAsync(infer, call.Features, message.FirstSpan, arrival);
        var length = checked((int)message.Length);
        if (length > LongestPooled)
            return AnswerLarge(infer, call, message, length, arrival);
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            message.CopyTo(whole);
            return AnswerAsync(infer, call.Features, whole.AsSpan(0, length), arrival);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private Task AnswerLarge<TCall>(in TCall infer, GrpcServerCall call, in ReadOnlySequence<byte> message, int length, in Arrival arrival)
        where TCall : struct, IInferCall
    {
        var whole = new LargeBlock(length);
        try
        {
            message.CopyTo(whole.GetSpan());
            return AnswerAsync(infer, call.Features, whole.GetSpan(), arrival);
        }
        finally
        {
            whole.Release();
        }
    }

    /// <param name="body">Used before the call returns only.</param>
    private Task AnswerAsync<TCall>(in TCall infer, IFeatureCollection features, ReadOnlySpan<byte> body, in Arrival arrival)
        where TCall : struct, IInferCall
    {
        if (!GrpcInferReader.TryReadTarget(body, out var model, out var version))
            throw FairleadException.Invalid("The message is no ModelInferRequest: its fields cannot be told apart.");
        Span<char> modelName = stackalloc char[LongestName];
        Span<char> versionName = stackalloc char[LongestName];
        var table = routes.Enter();
        var isMine = true;
        try
        {
            var exchange = new Exchange(features, ListeningPort.Of(features));
            var path = HostPath.Parse(exchange.Path);
            var service = RouteFinder.FindService(table, path.Environment, Text(model, modelName), exchange);
            isMine = false;
            return predictor.AnswerAsync(infer, table, service, Text(version, versionName), body, arrival);
        }
        finally
        {
            if (isMine)
                table.Leave();
        }
    }

    private static ReadOnlySpan<char> Text(ReadOnlySpan<byte> utf8, Span<char> room) =>
        utf8.Length > room.Length ? Encoding.UTF8.GetString(utf8) : room[..Encoding.UTF8.GetChars(utf8, room)];
}
