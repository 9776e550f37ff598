using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Forwarding.Recording;
using Fairlead.Serving.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>Forwards a call to an instance that speaks HTTP/1.1, and tries another one where the first cannot have acted on it.</summary>
internal static class Http1Forwarder
{
    private const int MostRetries = 2;

    /// <summary>
    /// A body that is no longer is waited for before an instance is asked: a slow client holds no connection, and a program that cannot
    /// read chunks (many small servers) is told the length of what a client sent in chunks.
    /// </summary>
    private const int LongestGathered = 64 * 1024;

    /// <summary>How long a request waits when all instances are being started again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long one waits to see whether an instance that broke two connections is ending.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(500);

    public static async Task ForwardAsync(ForwardCall call, CallRecorder recorder)
    {
        var request = await ReadRequestAsync(call).ConfigureAwait(false);
        try
        {
            await TryAsync(call, request, recorder).ConfigureAwait(false);
        }
        finally
        {
            request.Finish();
        }
    }

    private static async Task TryAsync(ForwardCall call, Http1Request request, CallRecorder recorder)
    {
        Instance? failed = null;
        for (var attempt = 0; ; attempt++)
        {
            var instance = call.Instances.TryEnter(failed) ?? await WaitAsync(call, failed).ConfigureAwait(false);
            var upstream = instance.Upstream;
            var exchange = new Http1Exchange(call, request, recorder);
            var outcome = InstanceOutcome.Failed;
            try
            {
                await exchange.RunAsync(upstream, isFresh: attempt > 0 && instance == failed).ConfigureAwait(false);
                outcome = call.Status >= StatusCodes.Status500InternalServerError ? InstanceOutcome.Error : InstanceOutcome.Answered;
                return;
            }
            catch (Exception e) when (attempt < MostRetries && exchange.MayBeRepeated && IsOfConnection(e) && !call.Token.IsCancellationRequested)
            {
                failed = instance;

                // A kept connection may just have been closed: the same instance is asked at once. A second time it is likely to be ending.
                if (!exchange.HasConnected || attempt > 0)
                    await call.Instances.WaitForOtherAsync(instance, upstream, exchange.HasConnected ? ShortPatience : Patience, call.Token).ConfigureAwait(false);
            }
            catch (Exception) when (call.Exchange.Aborted.IsCancellationRequested)
            {
                outcome = InstanceOutcome.Answered;
                throw;
            }
            finally
            {
                call.Instances.Leave(instance, outcome);
            }
        }
    }

    private static bool IsOfConnection(Exception exception) => exception is SocketException or UpstreamException or ObjectDisposedException;

    private static async ValueTask<Instance> WaitAsync(ForwardCall call, Instance? failed) =>
        await call.Instances.EnterAsync(failed, Patience, call.Token).ConfigureAwait(false)
        ?? throw FairleadException.Unavailable($"No instance of '{call.Group.Service.Name}' ({call.Group.NameHeader}) is ready; its log says why.");

    private static async ValueTask<Http1Request> ReadRequestAsync(ForwardCall call)
    {
        var exchange = call.Exchange;
        var isUpgrade = exchange.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && RequestHeaders.AsksForWebSocket(exchange.RequestHeaders);
        var announced = exchange.RequestHeaders.ContentLength;
        if (isUpgrade || announced == 0 || exchange.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return new Http1Request(RequestBodyKind.None, announced, isUpgrade);
        var body = exchange.Body;
        ReadResult read;
        if (announced is null or <= LongestGathered)
            read = await body.ReadAtLeastAsync((int)(announced ?? LongestGathered + 1), call.Token).ConfigureAwait(false);
        else if (!body.TryRead(out read))
            return new Http1Request(RequestBodyKind.Streamed, announced, isUpgrade: false);
        var buffer = read.Buffer;
        if (buffer.Length <= LongestGathered && (read.IsCompleted || buffer.Length == announced))
            return new Http1Request(RequestBodyKind.Whole, buffer.Length, isUpgrade: false) { Reader = body, Body = buffer };

        // Not all of it: looked at, not taken, so that it is read again with what follows.
        body.AdvanceTo(buffer.Start);
        return new Http1Request(RequestBodyKind.Streamed, announced, isUpgrade: false);
    }
}
