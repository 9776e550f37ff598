namespace Fairlead.Grpc.Framing;

/// <summary>How the messages of one direction of a call may be compressed.</summary>
internal enum GrpcEncoding
{
    Identity,
    Gzip,

    /// <summary>With zlib's header, as the protocol means it.</summary>
    Deflate,
}
