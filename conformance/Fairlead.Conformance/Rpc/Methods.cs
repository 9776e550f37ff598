namespace Fairlead.Conformance.Rpc;

/// <summary>Paths of the calls.</summary>
internal static class Methods
{
    public const string ServerLive = Inference + "ServerLive";
    public const string ServerReady = Inference + "ServerReady";
    public const string ModelReady = Inference + "ModelReady";
    public const string ServerMetadata = Inference + "ServerMetadata";
    public const string ModelMetadata = Inference + "ModelMetadata";
    public const string ModelInfer = Inference + "ModelInfer";
    public const string ModelStreamInfer = Inference + "ModelStreamInfer";
    public const string ModelConfig = Inference + "ModelConfig";
    public const string ModelStatistics = Inference + "ModelStatistics";
    public const string RepositoryIndex = Inference + "RepositoryIndex";
    public const string RepositoryModelLoad = Inference + "RepositoryModelLoad";
    public const string RepositoryModelUnload = Inference + "RepositoryModelUnload";
    public const string HealthCheck = "/grpc.health.v1.Health/Check";
    public const string HealthWatch = "/grpc.health.v1.Health/Watch";
    public const string Reflection = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    public const string ReflectionAlpha = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
    private const string Inference = "/inference.GRPCInferenceService/";
}
