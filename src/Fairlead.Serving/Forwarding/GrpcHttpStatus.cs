using Fairlead.Grpc;

namespace Fairlead.Serving.Forwarding;

/// <summary>The HTTP status under which a gRPC status is recorded and counted, as google.rpc.Code pairs them.</summary>
internal static class GrpcHttpStatus
{
    public static int Of(GrpcStatusCode code) => code switch
    {
        GrpcStatusCode.Ok => 200,
        GrpcStatusCode.Cancelled => 499,
        GrpcStatusCode.InvalidArgument or GrpcStatusCode.FailedPrecondition or GrpcStatusCode.OutOfRange => 400,
        GrpcStatusCode.DeadlineExceeded => 504,
        GrpcStatusCode.NotFound => 404,
        GrpcStatusCode.AlreadyExists or GrpcStatusCode.Aborted => 409,
        GrpcStatusCode.PermissionDenied => 403,
        GrpcStatusCode.Unauthenticated => 401,
        GrpcStatusCode.ResourceExhausted => 429,
        GrpcStatusCode.Unimplemented => 501,
        GrpcStatusCode.Unavailable => 503,
        _ => 500,
    };
}
