using Fairlead.Domain.Problems;
using Fairlead.Grpc;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Requests;

namespace Fairlead.Serving.Rpc;

/// <summary>The one place where the host translates what went wrong to a gRPC status.</summary>
internal static class GrpcStatuses
{
    /// <param name="status">The HTTP status that REST answers.</param>
    public static GrpcStatusCode Of(int status) => status switch
    {
        200 => GrpcStatusCode.Ok,
        400 or 415 => GrpcStatusCode.InvalidArgument,
        401 => GrpcStatusCode.Unauthenticated,
        403 => GrpcStatusCode.PermissionDenied,
        404 => GrpcStatusCode.NotFound,
        409 => GrpcStatusCode.FailedPrecondition,
        413 or 429 or 507 => GrpcStatusCode.ResourceExhausted,
        503 => GrpcStatusCode.Unavailable,
        504 => GrpcStatusCode.DeadlineExceeded,
        _ => GrpcStatusCode.Internal,
    };

    /// <returns>Null for what is nobody's expected failure.</returns>
    public static GrpcException? Of(Exception exception) => exception switch
    {
        FairleadException problem => new GrpcException(Of(ProblemStatus.Of(problem.Kind)), problem.Message, innerException: problem),
        OverloadedException busy => new GrpcException(GrpcStatusCode.ResourceExhausted, busy.Message, innerException: busy),
        _ => null,
    };
}
