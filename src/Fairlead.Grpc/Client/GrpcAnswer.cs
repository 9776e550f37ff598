namespace Fairlead.Grpc.Client;

/// <summary>The answer of a unary call that ended with OK.</summary>
/// <param name="Message">The message's bytes.</param>
/// <param name="Headers">Metadata from before the message.</param>
/// <param name="Trailers">Metadata from after it, the status included.</param>
public sealed record GrpcAnswer(
    ReadOnlyMemory<byte> Message,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyList<KeyValuePair<string, string>> Trailers);
