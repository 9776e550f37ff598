using System.Net;
using System.Net.Http.Headers;
using Fairlead.Grpc.Framing;

namespace Fairlead.Grpc.Client;

/// <summary>What a response, or the lack of one, means in gRPC's statuses.</summary>
internal static class ResponseStatus
{
    private const string StatusName = "grpc-status";
    private const string MessageName = "grpc-message";

    public static IReadOnlyList<KeyValuePair<string, string>> Metadata(HttpHeaders headers) =>
        [.. headers.NonValidated.SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))];

    /// <summary>Whether the response is gRPC's at all.</summary>
    /// <exception cref="GrpcException">It is not: the status that its HTTP status stands for.</exception>
    public static void Check(HttpResponseMessage response, string path)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            throw new GrpcException(OfHttp(response.StatusCode), $"'{path}' was answered with the HTTP status {(int)response.StatusCode}.", Metadata(response.Headers));
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
            throw new GrpcException(GrpcStatusCode.Unknown, $"'{path}' was answered with the content type '{type}', which is not gRPC's.", Metadata(response.Headers));
    }

    /// <exception cref="GrpcException">The status is not OK, or there is none.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> End(HttpResponseMessage response, string path)
    {
        // An answer without messages has its status in the headers.
        HttpHeaders headers = response.Headers.NonValidated.Contains(StatusName) ? response.Headers : response.TrailingHeaders;
        var trailers = Metadata(headers);
        if (!headers.NonValidated.TryGetValues(StatusName, out var number))
            throw new GrpcException(GrpcStatusCode.Internal, $"The server ended the call of '{path}' without a status.", trailers);
        var status = GrpcStatusNames.Parse(number.ToString());
        if (status == GrpcStatusCode.Ok)
            return trailers;
        var message = headers.NonValidated.TryGetValues(MessageName, out var text) ? StatusMessage.Decode(text.ToString()) : string.Empty;
        throw new GrpcException(status, message, trailers);
    }

    public static GrpcException OfTransport(Exception e, string path)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpProtocolException protocol)
                return new GrpcException(OfHttp2(protocol.ErrorCode), $"The server broke the call of '{path}' off: {protocol.Message}", innerException: e);
        }

        return new GrpcException(GrpcStatusCode.Unavailable, $"The call of '{path}' did not reach the server, or its answer did not come back: {e.Message}", innerException: e);
    }

    /// <summary>A frame that cannot be read is the server's fault here; only its length may be ours to allow.</summary>
    public static GrpcException OfFault(GrpcException fault) =>
        fault.Status == GrpcStatusCode.ResourceExhausted ? fault : new GrpcException(GrpcStatusCode.Internal, fault.Message, innerException: fault);

    private static GrpcStatusCode OfHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => GrpcStatusCode.Internal,
        HttpStatusCode.Unauthorized => GrpcStatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcStatusCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };

    private static GrpcStatusCode OfHttp2(long error) => error switch
    {
        0x7 => GrpcStatusCode.Unavailable,
        0x8 => GrpcStatusCode.Cancelled,
        0xb => GrpcStatusCode.ResourceExhausted,
        0xc => GrpcStatusCode.PermissionDenied,
        _ => GrpcStatusCode.Internal,
    };
}
