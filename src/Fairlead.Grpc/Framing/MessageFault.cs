namespace Fairlead.Grpc.Framing;

/// <summary>What can be wrong with the frames that the other side sends.</summary>
internal static class MessageFault
{
    public static GrpcException TooLarge(uint length, int limit) => new(
        GrpcStatusCode.ResourceExhausted,
        $"A message of {length} bytes is longer than the limit of {limit}; send less at once, or raise the receiver's limit.");

    public static GrpcException TooLargeUnpacked(int limit) => new(
        GrpcStatusCode.ResourceExhausted,
        $"A compressed message unpacks to more than the limit of {limit} bytes; send less at once, or raise the receiver's limit.");

    public static GrpcException NotCompressed(GrpcEncoding encoding, Exception? e = null) => new(
        GrpcStatusCode.InvalidArgument,
        $"A message is marked as compressed, but cannot be unpacked as '{encoding.Name()}'.",
        innerException: e);

    public static GrpcException NoEncoding() => new(
        GrpcStatusCode.InvalidArgument,
        "A message is marked as compressed, but no 'grpc-encoding' says how; name the encoding, or send the message plain.");

    public static GrpcException UnknownEncoding(string encoding) => new(
        GrpcStatusCode.Unimplemented,
        $"Messages in the encoding '{encoding}' cannot be read; use one of {GrpcEncodings.Accepted}.");

    public static GrpcException BadFlag(byte flag) => new(
        GrpcStatusCode.InvalidArgument,
        $"A message begins with the byte {flag} where 0 (plain) or 1 (compressed) must stand.");

    public static GrpcException EndsInPrefix(long read) => new(
        GrpcStatusCode.InvalidArgument,
        $"The stream ends after {read} bytes of a message's prefix, which has {MessagePrefix.Size}.");

    public static GrpcException EndsInMessage(long read, uint length) => new(
        GrpcStatusCode.InvalidArgument,
        $"The stream ends after {read} bytes of a message of {length}.");

    public static GrpcException NoMessage() => new(
        GrpcStatusCode.InvalidArgument,
        "The stream holds no message where the method takes one.");

    public static GrpcException MoreThanOne() => new(
        GrpcStatusCode.InvalidArgument,
        "The stream goes on after its first message where the method takes one.");
}
