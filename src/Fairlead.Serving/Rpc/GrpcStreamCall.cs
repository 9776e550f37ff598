using System.Buffers;
using Fairlead.Grpc.Server;
using Fairlead.Inference;
using Fairlead.Inference.Grpc;
using Fairlead.Serving.Predicting;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Rpc;

/// <summary>One request of a stream of infer requests: an error is a message like any answer, and the stream goes on.</summary>
internal readonly struct GrpcStreamCall(GrpcServerCall call) : IInferCall
{
    public IHeaderDictionary RequestHeaders => call.RequestHeaders;

    /// <summary>The headers belong to the stream, not to one of its answers.</summary>
    public IHeaderDictionary? AnswerHeaders => null;

    public CancellationToken Aborted => call.Cancelled;

    public bool IsOverdue => call.IsDeadlineExceeded;

    public string? RpcMethod => "ModelStreamInfer";

    public void Read(ReadOnlySpan<byte> body, SignatureCodec codec, string model, InferRequest request) => GrpcInferReader.Read(body, codec, model, request);

    public void Write(Scratch scratch, in AnswerHead head, SignatureCodec codec) =>
        GrpcInferWriter.WriteStream(scratch.Output, head, scratch.Request, scratch.Answer, codec);

    public Task AnswerAsync(Scratch scratch)
    {
        if (scratch.Output.LargeBytes > 0)
            return call.SendAsync(scratch.Output.WrittenMemory).AsTask();
        call.Write(scratch.Output.Written);
        return call.FlushAsync().AsTask();
    }

    public Task FailAsync(Scratch scratch, int status, string message)
    {
        scratch.Output.Clear();
        GrpcInferWriter.WriteStreamError(scratch.Output, message, scratch.Request.Id);
        return AnswerAsync(scratch);
    }

    /// <summary>As above, for a request of which nothing was read.</summary>
    /// <param name="id">That the client gave it, UTF-8; may be empty.</param>
    public Task FailAsync(ReadOnlySpan<byte> id, string message)
    {
        var output = new ArrayBufferWriter<byte>();
        GrpcInferWriter.WriteStreamError(output, message, id);
        call.Write(output.WrittenSpan);
        return call.FlushAsync().AsTask();
    }
}
