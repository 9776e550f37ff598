using System.IO.Pipelines;
using Fairlead.Inference.Rest;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Rest;

/// <summary>Answers infer requests by REST. A request whose body is there already is answered without an await and without an allocation of its own.</summary>
internal sealed class InferHandler(RouteSource routes, Predictor predictor, RefusalRecorder refusals, BodyLimits limits, ByteBudget budget, RisingClock clock)
{
    private const string Binary = "application/octet-stream";

    // What curl sends when nobody says otherwise, as many examples for such servers do. A page of a stranger is refused by its origin.
    private const string Form = "application/x-www-form-urlencoded";

    public Task HandleAsync(Exchange exchange)
    {
        var arrival = new Arrival(clock);
        var headers = exchange.RequestHeaders;
        if (!ContentCodings.TryRead(headers.ContentEncoding, out var coding))
            return RefuseType(exchange, arrival, $"Content-Encoding '{headers.ContentEncoding}' is not served; send gzip, deflate, or the body as it is.");
        if (headers.ContentType is { Count: > 0 } type && type[0] is { Length: > 0 } text && !Is(text, Exchange.Json) && !Is(text, Binary) && !Is(text, Form))
            return RefuseType(exchange, arrival, $"Content-Type '{text}' is not served; send '{Exchange.Json}', or '{Binary}' with binary tensors.");
        int? headerLength;
        var announced = headers.ContentLength;
        try
        {
            headerLength = headers.TryGetValue(InferenceHeader.Name, out var lengths) ? InferenceHeader.Parse(lengths) : null;
            if (announced > limits.MaxBytes)
                throw RequestBody.TooLarge(limits.MaxBytes);
        }
        catch (Exception e) when (Note(exchange, arrival, e))
        {
            throw;
        }

        var body = exchange.Body;
        if (!body.TryRead(out var read))
            return GatherAsync(exchange, headerLength, coding, first: null, arrival);
        var buffer = read.Buffer;
        if (!buffer.IsSingleSegment || coding != ContentCoding.Identity || !(read.IsCompleted || buffer.Length >= announced))
            return GatherAsync(exchange, headerLength, coding, read, arrival);

        try
        {
            return AnswerAsync(exchange, headerLength, buffer.FirstSpan, arrival);
        }
        finally
        {
            body.AdvanceTo(buffer.End);
        }
    }

    private Task AnswerAsync(in Exchange exchange, int? headerLength, ReadOnlySpan<byte> body, in Arrival arrival)
    {
        var table = routes.Enter();
        var isMine = true;
        try
        {
            var path = HostPath.Parse(exchange.Path);
            var service = RouteFinder.FindService(table, path.Environment, path.Service, exchange);
            isMine = false;
            return predictor.AnswerAsync(new RestInferCall(exchange, headerLength), table, service, path.Version, body, arrival);
        }
        finally
        {
            if (isMine)
                table.Leave();
        }
    }

    /// <param name="first">What was read already, to be taken over: the server holds back the rest of a chunked body until then.</param>
    private async Task GatherAsync(Exchange exchange, int? headerLength, ContentCoding coding, ReadResult? first, Arrival arrival)
    {
        using var body = new RequestBody(budget);
        RequestBody? inflated = null;
        try
        {
            RefuseUnknown(exchange);
            var reader = exchange.Body;
            if (first is not { } read || !body.Take(reader, read, limits.MaxBytes))
                await body.ReadAsync(reader, limits, exchange.Aborted).ConfigureAwait(false);
            if (coding != ContentCoding.Identity || OffLoop.IsTooLong(body.Bytes.Length))
                await OffLoop.Leave();
            if (coding != ContentCoding.Identity)
                inflated = Inflater.Inflate(body.Bytes, coding, limits.MaxBytes, budget);
        }
        catch (Exception e) when (Note(exchange, arrival, e))
        {
            throw;
        }

        using (inflated)
            await AnswerAsync(exchange, headerLength, (inflated ?? body).Bytes, arrival).ConfigureAwait(false);
    }

    private Task RefuseType(in Exchange exchange, in Arrival arrival, string message)
    {
        refusals.Record(exchange, HostPath.Parse(exchange.Path), arrival, StatusCodes.Status415UnsupportedMediaType, message);
        return exchange.FailAsync(StatusCodes.Status415UnsupportedMediaType, message);
    }

    /// <summary>Captures what a request is refused for before its body is read.</summary>
    private bool Note(in Exchange exchange, in Arrival arrival, Exception exception)
    {
        if (Refusal.Of(exception) is { } refusal)
            refusals.Record(exchange, HostPath.Parse(exchange.Path), arrival, refusal.Status, refusal.Message);
        return false;
    }

    /// <summary>Nobody uploads a long body to learn that there is no such service.</summary>
    private void RefuseUnknown(in Exchange exchange)
    {
        var path = HostPath.Parse(exchange.Path);
        var service = RouteFinder.FindService(routes.Current, path.Environment, path.Service, exchange);
        if (!path.Version.IsEmpty)
            RouteFinder.FindVersion(service, path.Version);
    }

    private static bool Is(string text, string type) =>
        text.StartsWith(type, StringComparison.OrdinalIgnoreCase) && (text.Length == type.Length || text[type.Length] is ';' or ' ');
}
