using Fairlead.Grpc.Server;
using Fairlead.Serving.Rest;
using Fairlead.Serving.States;
using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Requests;

/// <summary>What answers; the applications of all ports have it in common.</summary>
internal sealed record HostHandlers(
    RequestGuard Guard,
    CommandRouter Forward,
    InferHandler Infer,
    MetadataHandler Metadata,
    RepositoryHandler Repository,
    GrpcServer Grpc,
    HostStatus Status,
    MetricsHandler Metrics,
    RefusalRecorder Refusals);
