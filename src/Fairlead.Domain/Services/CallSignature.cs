using Fairlead.Domain.Models;

namespace Fairlead.Domain.Services;

/// <summary>What is recorded of a call to a command service, as tensors of one row, so that calls lie in the same log and tables as predictions.</summary>
public static class CallSignature
{
    /// <summary>Of the request or the answer, as they came over the wire.</summary>
    public const string Bytes = "bytes";

    /// <summary>Empty where it was not kept.</summary>
    public const string Body = "body";

    private static readonly Signature Http = new(
        [Text("method"), Text("path"), Text("type"), Number(Bytes), Text(Body)],
        [Text("type"), Number(Bytes), Text(Body)]);

    private static readonly Signature Grpc = new(
        [Text("method"), Number("messages"), Number(Bytes), Text(Body)],
        [Text("code"), Number("messages"), Number(Bytes), Text(Body)]);

    /// <summary>
    /// For HTTP: method, path with query, content types, sizes and bodies. For gRPC: the method's full name, the status code's name, how many messages
    /// of how many bytes, and the message of a unary call, as JSON when there is a contract. Bodies of streams are empty.
    /// </summary>
    public static Signature Of(ServiceProtocol protocol) => protocol == ServiceProtocol.Grpc ? Grpc : Http;

    /// <summary>Whether these are what an answer of a command service has, and not the outputs of a model.</summary>
    public static bool IsAnswer(IReadOnlyCollection<string> outputs) =>
        new[] { Http, Grpc }.Any(signature => signature.Outputs.Count == outputs.Count && signature.Outputs.All(output => outputs.Contains(output.Name)));

    private static TensorSpec Text(string name) => new(name, TensorType.Bytes, [-1]);

    private static TensorSpec Number(string name) => new(name, TensorType.Int64, [-1]);
}
