namespace Fairlead.Conformance;

/// <summary>The documents that the rules check.</summary>
public static class Document
{
    public const string Rest = "Open Inference Protocol, inference_rest.md";
    public const string Grpc = "Open Inference Protocol, inference_grpc.md";
    public const string Proto = "Open Inference Protocol, open_inference_grpc.proto";
    public const string BinaryData = "Triton, extension_binary_data.md";
    public const string Classification = "Triton, extension_classification.md";
    public const string Statistics = "Triton, extension_statistics.md";
    public const string Repository = "Triton, extension_model_repository.md";
    public const string Configuration = "Triton, extension_model_configuration.md";
    public const string Parameters = "Triton, extension_parameters.md";
    public const string TritonProto = "Triton, grpc_service.proto";
    public const string Triton = "Triton, inference_protocols.md";
    public const string Clients = "Triton's and KServe's clients";
    public const string Http = "RFC 9110, HTTP Semantics";
    public const string Json = "RFC 8259, JSON";
    public const string GrpcWire = "gRPC over HTTP/2";
    public const string GrpcHealth = "gRPC health checking protocol";
    public const string GrpcReflection = "gRPC server reflection protocol";
}
