namespace Fairlead.Grpc.Server;

/// <summary>Something that adds methods to a server.</summary>
public interface IGrpcService
{
    IEnumerable<GrpcMethod> Methods { get; }
}
