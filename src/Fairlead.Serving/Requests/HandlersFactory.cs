using Fairlead.Domain.Predictions;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Grpc.Server;
using Fairlead.Serving.Describing;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Rest;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Rpc;
using Fairlead.Serving.Sessions;
using Fairlead.Serving.Shadows;
using Fairlead.Serving.States;
using Fairlead.Serving.Telemetry;
using Fairlead.Transport.Loops;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Requests;

/// <summary>Puts together what answers.</summary>
internal static class HandlersFactory
{
    public static HostHandlers Create(
        HostOptions options,
        RouteSource routes,
        SessionPool sessions,
        RepositoryDirectory repository,
        HostStatus status,
        HostCounters counters,
        ShadowGate shadows,
        bool isTracing,
        IReadOnlyList<EventLoop> loops,
        ICaptureLog log,
        TimeProvider time,
        ILogger logger)
    {
        var clock = new RisingClock(time);
        var budget = new ByteBudget(options.BodyMemory);
        var limits = new BodyLimits(options.MaxBodyBytes, options.BodyPause, time);
        var mirror = new ShadowMirror(log, clock, shadows, logger);
        var recorder = new Recorder(log, counters, isTracing, time, logger);
        var predictor = new Predictor(recorder, mirror, budget, time, logger);
        var refusals = new RefusalRecorder(recorder, routes, clock);
        var forward = new ForwardHandler(log, counters, time, options.Token is not null, logger, mirror, isTracing);
        mirror.Use(forward);
        var grpcOptions = new GrpcServerOptions
        {
            MaxMessageBytes = (int)Math.Min(Array.MaxLength, options.MaxBodyBytes),
            Budget = budget,
            Time = time,
            MapException = GrpcStatuses.Of,
        };
        var grpc = new GrpcServer(
            grpcOptions,
            logger,
            new InferenceService(routes, predictor, clock),
            new DescriptionService(routes, repository),
            new GrpcHealthService(new RouteHealth(routes)),
            new GrpcReflectionService([GrpcServiceReflection.Descriptor, Fairlead.Grpc.Protocols.Health.V1.HealthReflection.Descriptor]));
        return new HostHandlers(
            new RequestGuard(options.Token, routes),
            new CommandRouter(routes, forward, refusals, clock),
            new InferHandler(routes, predictor, refusals, limits, budget, clock),
            new MetadataHandler(routes),
            new RepositoryHandler(routes, repository, limits, budget),
            grpc,
            status,
            new MetricsHandler(routes, status, sessions, budget, loops),
            refusals);
    }
}
