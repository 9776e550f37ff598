using System.Net;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Forwarding.Recording;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Fairlead.Serving.Forwarding.Http2;

/// <summary>Forwards a call to an instance that speaks HTTP/2, gRPC of all four kinds among it: both bodies flow at once, and trailers follow the answer.</summary>
internal static class Http2Forwarder
{
    private const int MostRetries = 2;

    /// <summary>How long a request waits when all instances are being started again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task ForwardAsync(ForwardCall call, CallRecorder recorder)
    {
        // A stream may be silent for as long as it likes; a connection that is dead is noticed otherwise.
        if (call.Exchange.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        Instance? failed = null;
        for (var attempt = 0; ; attempt++)
        {
            var instance = call.Instances.TryEnter(failed) ?? await WaitAsync(call, failed).ConfigureAwait(false);
            var upstream = instance.Upstream;
            var outcome = InstanceOutcome.Failed;
            using var request = CreateRequest(call, upstream?.Address ?? new Uri("http://127.0.0.1"));
            try
            {
                await RunAsync(call, upstream, request, recorder).ConfigureAwait(false);
                outcome = call.Status >= StatusCodes.Status500InternalServerError ? InstanceOutcome.Error : InstanceOutcome.Answered;
                return;
            }
            catch (Exception e) when (attempt < MostRetries && NeverArrived(e, request) && !call.Token.IsCancellationRequested)
            {
                failed = instance;
                await call.Instances.WaitForOtherAsync(instance, upstream, Patience, call.Token).ConfigureAwait(false);
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

    private static async ValueTask<Instance> WaitAsync(ForwardCall call, Instance? failed) =>
        await call.Instances.EnterAsync(failed, Patience, call.Token).ConfigureAwait(false)
        ?? throw FairleadException.Unavailable($"No instance of '{call.Group.Service.Name}' ({call.Group.NameHeader}) is ready; its log says why.");

    private static bool NeverArrived(Exception exception, HttpRequestMessage request) =>
        (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or ObjectDisposedException or UpstreamException { IsBeforeRequest: true })
        && request.Content is not ForwardedContent { HasBegun: true };

    private static HttpRequestMessage CreateRequest(ForwardCall call, Uri address)
    {
        var exchange = call.Exchange;
        var request = new HttpRequestMessage(new HttpMethod(exchange.Method), new Uri(address, call.Target))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (exchange.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
            request.Content = new ForwardedContent(call, exchange.Body, exchange.RequestHeaders.ContentLength);
        else
            call.IsRequestWhole = true;
        foreach (var (name, values) in exchange.RequestHeaders)
        {
            if (!RequestHeaders.IsForwarded(name, call))
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        AddOwn(call, request);
        return request;
    }

    private static void AddOwn(ForwardCall call, HttpRequestMessage request)
    {
        var headers = call.Exchange.RequestHeaders;
        var host = headers.Host.ToString();
        request.Headers.Host = host.Length == 0 ? null : host;
        var before = headers.TryGetValue(RequestHeaders.ForwardedFor, out var known) && known.Count > 0 ? $"{known}, " : "";
        request.Headers.TryAddWithoutValidation(RequestHeaders.ForwardedFor, before + call.ClientAddress);
        if (!headers.ContainsKey(RequestHeaders.ForwardedProto))
            request.Headers.TryAddWithoutValidation(RequestHeaders.ForwardedProto, "http");
        if (!headers.ContainsKey(RequestHeaders.ForwardedHost))
            request.Headers.TryAddWithoutValidation(RequestHeaders.ForwardedHost, host);
        if (call.TraceParent is { } traceParent)
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        request.Headers.TryAddWithoutValidation(RouteFinder.EnvironmentHeader, call.Group.Name.Environment);
        request.Headers.TryAddWithoutValidation(ForwardCall.PredictionHeader, call.IdText);
        if (call.ShadowOf is not null)
            request.Headers.TryAddWithoutValidation(ForwardCall.ShadowHeader, "1");
        if (call.AnswerMessages is not null)
            request.Headers.TryAddWithoutValidation("te", "trailers");
    }

    private static async Task RunAsync(ForwardCall call, Upstream? upstream, HttpRequestMessage request, CallRecorder recorder)
    {
        if (upstream is null)
            throw new UpstreamException("has just ended") { IsBeforeRequest = true };
        try
        {
            await AnswerAsync(call, upstream, request, recorder).ConfigureAwait(false);
        }
        finally
        {
            if (request.Content is ForwardedContent content)
                await content.StopAsync().ConfigureAwait(false);
        }
    }

    private static async Task AnswerAsync(ForwardCall call, Upstream upstream, HttpRequestMessage request, CallRecorder recorder)
    {
        HttpResponseMessage response;
        try
        {
            response = await upstream.Http2.SendAsync(request, call.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException) when (request.Content is ForwardedContent { Failure: { } failure })
        {
            throw failure;
        }

        using (response)
        {
            call.Status = (int)response.StatusCode;
            call.AnswerType = response.Content.Headers.ContentType?.ToString();
            await Http2Answer.CopyAsync(call, response, recorder).ConfigureAwait(false);
        }
    }
}
