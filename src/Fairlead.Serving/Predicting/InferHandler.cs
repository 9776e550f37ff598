using System.IO.Pipelines;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Predicting;

/// <summary>Answers infer requests. A request whose body is there already is answered without an await and without an allocation of its own.</summary>
internal sealed class InferHandler(RouteSource routes, Predictor predictor, HostOptions options, TimeProvider time)
{
    private const string BinaryHeader = "inference-header-content-length";
    private const string Json = "application/json";

    public Task HandleAsync(Exchange exchange)
    {
        var arrival = new Arrival(time);
        if (ProblemOfContent(exchange.RequestHeaders) is { } problem)
            return exchange.FailAsync(StatusCodes.Status415UnsupportedMediaType, problem);
        var announced = exchange.RequestHeaders.ContentLength;
        if (announced > options.MaxBodyBytes)
            throw RequestBody.TooLarge(options.MaxBodyBytes);
        var body = exchange.Body;
        if (!body.TryRead(out var read))
            return GatherAsync(exchange, body, first: null, arrival);
        var buffer = read.Buffer;
        if (!buffer.IsSingleSegment || !(read.IsCompleted || buffer.Length >= announced))
            return GatherAsync(exchange, body, read, arrival);

        try
        {
            return predictor.AnswerAsync(exchange, buffer.FirstSpan, arrival);
        }
        finally
        {
            body.AdvanceTo(buffer.End);
        }
    }

    /// <param name="first">What was read already, to be taken over: the server holds back the rest of a chunked body until then.</param>
    private async Task GatherAsync(Exchange exchange, PipeReader reader, ReadResult? first, Arrival arrival)
    {
        RefuseUnknown(exchange);
        using var body = new RequestBody();
        if (first is not { } read || !body.Take(reader, read, options.MaxBodyBytes))
            await body.ReadAsync(reader, options.MaxBodyBytes, exchange.Aborted).ConfigureAwait(false);
        await predictor.AnswerAsync(exchange, body.Bytes, arrival).ConfigureAwait(false);
    }

    /// <summary>Nobody uploads a long body to learn that there is no such service.</summary>
    private void RefuseUnknown(Exchange exchange)
    {
        var path = HostPath.Parse(exchange.Path);
        var service = RouteFinder.FindService(routes.Current, path, exchange.RequestHeaders);
        if (!path.Version.IsEmpty)
            RouteFinder.FindVersion(service, path.Version);
    }

    private static string? ProblemOfContent(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(BinaryHeader, out _))
            return "The binary tensor data extension is not served; send the tensors as JSON.";
        if (headers.ContentEncoding is { Count: > 0 } encoding)
            return $"Content-Encoding '{encoding}' is not served; send the body as it is.";
        return headers.ContentType is { Count: > 0 } type && type[0] is { Length: > 0 } text && !IsJson(text)
            ? $"Content-Type '{text}' is not served; send '{Json}'."
            : null;
    }

    private static bool IsJson(string type) =>
        type.StartsWith(Json, StringComparison.OrdinalIgnoreCase) && (type.Length == Json.Length || type[Json.Length] is ';' or ' ');
}
