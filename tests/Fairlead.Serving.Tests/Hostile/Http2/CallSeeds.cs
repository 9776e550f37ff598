using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Serving.Tests.Rpc;
using Google.Protobuf;

namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>Valid gRPC calls that mutants are made of, and what is put into them.</summary>
internal static class CallSeeds
{
    private const string Health = "/grpc.health.v1.Health/";
    private const string Reflection = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

    public static readonly (string Name, string Value)[] Plain = [("content-type", "application/grpc"), ("te", "trailers")];

    public static readonly IReadOnlyList<CallCase> All =
    [
        Call("ModelInfer", InferCall.Request(1, 2, id: "id"), ("fairlead-environment", "prod")),
        Call("ModelInfer", InferCall.Request(1, 2, version: "v001"), ("fairlead-environment", "stage"), ("fairlead-unit", "u"), ("grpc-timeout", "20S")),
        Call("ModelInfer", Raw(), ("fairlead-environment", "prod"), ("grpc-accept-encoding", "gzip,deflate"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")),
        Call("ModelInfer", Mixed(), ("fairlead-environment", "prod"), ("data-bin", "AAEC")),
        Call("ModelMetadata", new ModelMetadataRequest { Name = "mixed", Version = "v001" }, ("fairlead-environment", "prod")),
        Call("ModelReady", new ModelReadyRequest { Name = "score" }, ("fairlead-environment", "prod")),
        Call("ModelConfig", new ModelConfigRequest { Name = "score" }, ("fairlead-environment", "prod")),
        Call("ModelStatistics", new ModelStatisticsRequest(), ("fairlead-environment", "prod")),
        Call("RepositoryIndex", new RepositoryIndexRequest { Ready = true }, ("fairlead-environment", "prod")),
        Call("RepositoryModelLoad", new RepositoryModelLoadRequest { ModelName = "score" }, ("fairlead-environment", "prod")),
        Call("ServerLive", new ServerLiveRequest()), Call("ServerReady", new ServerReadyRequest()), Call("ServerMetadata", new ServerMetadataRequest()),
        new(InferCall.Service + "ModelInfer", [.. Plain, ("grpc-encoding", "gzip"), ("fairlead-environment", "prod")], CallCase.Prefixed(Gzip(InferCall.Request(1, 2)), flag: 1)),
        new(InferCall.Service + "ModelInfer", [.. Plain, ("grpc-encoding", "deflate"), ("fairlead-environment", "prod")], CallCase.Prefixed(Deflate(InferCall.Request(1, 2)), flag: 1)),
        new(InferCall.Service + "ModelStreamInfer", [.. Plain, ("fairlead-environment", "prod")], [.. CallCase.Prefixed(InferCall.Request(1, 2).ToByteArray()), .. CallCase.Prefixed(InferCall.Request(3, 4).ToByteArray())]),
        new("/environments/prod" + InferCall.Infer, Plain, CallCase.Prefixed(InferCall.Request(1, 2).ToByteArray())),
        new(Health + "Check", Plain, CallCase.Prefixed([])),
        new(Health + "Check", Plain, CallCase.Prefixed([0x0A, 5, .. "score"u8])),
        new(Reflection, Plain, [.. CallCase.Prefixed([0x3A, 0]), .. CallCase.Prefixed([0x22, 30, .. "inference.GRPCInferenceService"u8])]),
    ];

    public static readonly IReadOnlyList<byte[]> Tokens =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80], [0x0B], [0x0C], [0x0A, 0], [0x2A, 0], [0x3A, 4, 0, 0, 0x80, 0x3F],
        [0x1A, 0x0A, 0x80, 0x80, 0x80, 0x80, 8, 0x80, 0x80, 0x80, 0x80, 8], [0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], [1, 0, 0, 0, 0], [0, 0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0, 0], [0xC0, 0x80], [0xED, 0xA0, 0x80],
        .. new[] { "gzip", "deflate", "identity", "br", "1n", "100m", "99999999H", "-1S", "0u", "trailers", "application/grpc+json", "application/grpc-web", "../", "%00", "/", "prod", "score", "FP32", "BYTES", "é" }.Select(Encoding.UTF8.GetBytes),
    ];

    private static CallCase Call(string method, IMessage request, params (string Name, string Value)[] headers) =>
        new(InferCall.Service + method, [.. Plain, .. headers], CallCase.Prefixed(request.ToByteArray()));

    private static ModelInferRequest Raw()
    {
        var request = InferCall.Request(0, 0);
        foreach (var input in request.Inputs)
        {
            input.Contents = null;
            request.RawInputContents.Add(ByteString.CopyFrom(MemoryMarshal.AsBytes<float>([1f])));
        }

        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "sum" });
        return request;
    }

    private static ModelInferRequest Mixed() => new()
    {
        ModelName = "mixed",
        Parameters = { ["priority"] = new InferParameter { Int64Param = 1 } },
        Inputs =
        {
            Input("city", "BYTES", new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8("Oslo") } }),
            Input("hour", "INT64", new InferTensorContents { Int64Contents = { 8 } }),
            Input("distance", "FP32", new InferTensorContents { Fp32Contents = { 0.5f } }),
        },
    };

    private static ModelInferRequest.Types.InferInputTensor Input(string name, string type, InferTensorContents contents) =>
        new() { Name = name, Datatype = type, Shape = { 1, 1 }, Contents = contents };

    private static byte[] Deflate(IMessage message)
    {
        using var target = new MemoryStream();
        using (var writer = new ZLibStream(target, CompressionLevel.Fastest))
            message.WriteTo(writer);
        return target.ToArray();
    }

    private static byte[] Gzip(IMessage message)
    {
        using var target = new MemoryStream();
        using (var writer = new GZipStream(target, CompressionLevel.Fastest))
            message.WriteTo(writer);
        return target.ToArray();
    }
}
