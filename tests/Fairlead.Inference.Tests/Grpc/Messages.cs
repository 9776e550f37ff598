using System.Buffers;
using Fairlead.Domain.Problems;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Inference.Grpc;
using Google.Protobuf;

namespace Fairlead.Inference.Tests.Grpc;

/// <summary>Short forms over protobuf's own messages.</summary>
internal static class Messages
{
    public static InferRequest Read(SignatureCodec codec, ModelInferRequest message)
    {
        var request = new InferRequest();
        GrpcInferReader.Read(message.ToByteArray(), codec, "m", request);
        return request;
    }

    public static FairleadException Refused(SignatureCodec codec, byte[] message)
    {
        var request = new InferRequest();
        var e = Assert.Throws<FairleadException>(() => GrpcInferReader.Read(message, codec, "m", request));
        Assert.True(request.InputBlock.IsEmpty);
        Assert.Equal(0, request.Rows);
        return e;
    }

    public static ModelInferResponse Write(SignatureCodec codec, InferRequest request, InferAnswer answer)
    {
        var target = new ArrayBufferWriter<byte>();
        GrpcInferWriter.Write(target, Codec.Head, request, answer, codec);
        return ModelInferResponse.Parser.ParseFrom(target.WrittenSpan);
    }

    public static ModelInferRequest.Types.InferInputTensor Input(string name, string datatype, long[] shape, InferTensorContents? contents = null)
    {
        var input = new ModelInferRequest.Types.InferInputTensor { Name = name, Datatype = datatype };
        input.Shape.Add(shape);
        if (contents is not null)
            input.Contents = contents;
        return input;
    }

    public static ModelInferRequest Request(params ModelInferRequest.Types.InferInputTensor[] inputs)
    {
        var request = new ModelInferRequest { ModelName = "m" };
        request.Inputs.Add(inputs);
        return request;
    }

    public static ModelInferRequest Raw(this ModelInferRequest request, params byte[][] contents)
    {
        request.RawInputContents.Add(contents.Select(content => ByteString.CopyFrom(content)));
        return request;
    }
}
