using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Bench.Load;

/// <summary>A request by REST as the gRPC message that asks for the same, with raw tensors as the usual clients send them.</summary>
internal sealed class GrpcInferCall
{
    private const int FrameBytes = 5;
    private readonly byte[] message;

    /// <param name="json">The body of the request by REST.</param>
    public GrpcInferCall(string service, string json)
    {
        using var body = JsonDocument.Parse(json);
        var request = new ModelInferRequest { ModelName = service };
        foreach (var input in body.RootElement.GetProperty("inputs").EnumerateArray())
        {
            var tensor = new ModelInferRequest.Types.InferInputTensor { Name = input.GetProperty("name").GetString(), Datatype = input.GetProperty("datatype").GetString() };
            tensor.Shape.AddRange(input.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()));
            request.Inputs.Add(tensor);
            request.RawInputContents.Add(ByteString.CopyFrom([.. input.GetProperty("data").EnumerateArray().SelectMany(value => Raw(tensor.Datatype, value))]));
        }

        message = request.ToByteArray();
        Framed = new byte[FrameBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(Framed.AsSpan(1), (uint)message.Length);
        message.CopyTo(Framed, FrameBytes);
    }

    /// <summary>The message behind its flag and length.</summary>
    public byte[] Framed { get; }

    /// <summary>Calls the method once; returns the size of the answer in its frame.</summary>
    /// <exception cref="BenchException">The answer holds no outputs.</exception>
    public async Task<int> AnswerBytesAsync(Uri server, string method, IReadOnlyList<KeyValuePair<string, string>> metadata, CancellationToken cancellationToken)
    {
        using var channel = new GrpcChannel(server, new GrpcChannelOptions { Time = TimeProvider.System });
        var answer = await channel.UnaryAsync(method, message, new GrpcCallOptions { Metadata = metadata }, cancellationToken);
        if (ModelInferResponse.Parser.ParseFrom(answer.Message.Span).Outputs.Count == 0)
            throw new BenchException($"The host answered '{method}' without outputs.");
        return FrameBytes + answer.Message.Length;
    }

    private static byte[] Raw(string? datatype, JsonElement value) => datatype switch
    {
        "INT64" => BitConverter.GetBytes(value.GetInt64()),
        "FP32" => BitConverter.GetBytes(value.GetSingle()),
        "BYTES" => [.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(value.GetString()!)), .. Encoding.UTF8.GetBytes(value.GetString()!)],
        _ => throw new BenchException($"The harness does not know tensors of '{datatype}'."),
    };
}
