using System.Runtime.InteropServices;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Serving.Tests.Rpc;

/// <summary>Requests for the adder by gRPC, and what their answers hold.</summary>
internal static class InferCall
{
    public const string Service = "/inference.GRPCInferenceService/";
    public const string Infer = Service + "ModelInfer";

    public static ModelInferRequest Request(float a, float b, string model = "score", string version = "", string id = "") => new()
    {
        ModelName = model,
        ModelVersion = version,
        Id = id,
        Inputs = { Input("a", a), Input("b", b) },
    };

    public static async Task<float> ValueAsync(GrpcChannel channel, ModelInferRequest request, params KeyValuePair<string, string>[] metadata) =>
        Value(await channel.UnaryAsync(Infer, request, ModelInferResponse.Parser, new GrpcCallOptions { Metadata = metadata }, TestContext.Current.CancellationToken));

    public static float Value(ModelInferResponse answer) => MemoryMarshal.Read<float>(answer.RawOutputContents[0].Span);

    public static Task<T> CallAsync<T>(GrpcChannel channel, string method, IMessage request, MessageParser<T> parser)
        where T : IMessage<T> => channel.UnaryAsync(Service + method, request, parser, GrpcCallOptions.None, TestContext.Current.CancellationToken);

    private static ModelInferRequest.Types.InferInputTensor Input(string name, float value) => new()
    {
        Name = name,
        Datatype = "FP32",
        Shape = { 1, 1 },
        Contents = new InferTensorContents { Fp32Contents = { value } },
    };
}
