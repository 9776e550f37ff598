namespace Fairlead.Grpc.Server;

/// <summary>
/// Answers one call. When it returns without <see cref="GrpcServerCall.Finish"/> having been called, the call ends with OK; what it
/// throws becomes the status. The call is used again for others once the task has ended: keep no reference to it.
/// </summary>
public delegate ValueTask GrpcHandler(GrpcServerCall call);
