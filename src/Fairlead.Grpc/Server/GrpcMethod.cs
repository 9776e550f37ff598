namespace Fairlead.Grpc.Server;

/// <summary>A method that a server has.</summary>
/// <param name="Path">As clients call it: <c>/package.Service/Method</c>.</param>
public sealed record GrpcMethod(string Path, GrpcHandler Handler);
