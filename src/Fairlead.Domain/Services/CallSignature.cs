using Fairlead.Domain.Models;

namespace Fairlead.Domain.Services;

/// <summary>What is recorded of a call to a command service, as tensors of one row, so that calls lie in the same log and tables as predictions.</summary>
public static class CallSignature
{
    private static readonly Signature Http = new(
        [Text("method"), Text("path"), Text("type"), Number("bytes"), Text("body")],
        [Text("type"), Number("bytes"), Text("body")]);

    private static readonly Signature Grpc = new(
        [Text("method"), Number("messages"), Number("bytes"), Text("body")],
        [Text("code"), Number("messages"), Number("bytes"), Text("body")]);

    /// <summary>
    /// For HTTP: method, path with query, content types, sizes and bodies. For gRPC: the method's full name, the status code's name, how many messages
    /// of how many bytes, and the message of a unary call, as JSON when there is a contract. Bodies of streams are empty.
    /// </summary>
    public static Signature Of(ServiceProtocol protocol) => protocol == ServiceProtocol.Grpc ? Grpc : Http;

    private static TensorSpec Text(string name) => new(name, TensorType.Bytes, [-1]);

    private static TensorSpec Number(string name) => new(name, TensorType.Int64, [-1]);
}
