namespace Fairlead.Grpc;

/// <summary>A call that did not end with OK. On the server, throwing it answers the call with it; the client throws what it was answered.</summary>
/// <param name="message">One sentence, as it travels in <c>grpc-message</c>.</param>
/// <param name="trailers">What else travels at the end: names in lower case, values in ASCII.</param>
public sealed class GrpcException(
    GrpcStatusCode status,
    string message,
    IReadOnlyList<KeyValuePair<string, string>>? trailers = null,
    Exception? innerException = null) : Exception(message, innerException)
{
    public GrpcStatusCode Status { get; } = status;

    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; } = trailers ?? [];
}
