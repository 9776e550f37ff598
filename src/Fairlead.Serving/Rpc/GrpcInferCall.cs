using Fairlead.Grpc.Server;
using Fairlead.Inference;
using Fairlead.Inference.Grpc;
using Fairlead.Serving.Predicting;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Rpc;

/// <summary>A unary infer call.</summary>
internal readonly struct GrpcInferCall(GrpcServerCall call) : IInferCall
{
    public IHeaderDictionary RequestHeaders => call.RequestHeaders;

    public IHeaderDictionary AnswerHeaders => call.ResponseHeaders;

    public CancellationToken Aborted => call.Cancelled;

    public bool IsOverdue => call.IsDeadlineExceeded;

    public string? RpcMethod => "ModelInfer";

    public void Read(ReadOnlySpan<byte> body, SignatureCodec codec, string model, InferRequest request) => GrpcInferReader.Read(body, codec, model, request);

    public void Write(Scratch scratch, in AnswerHead head, SignatureCodec codec) =>
        GrpcInferWriter.Write(scratch.Output, head, scratch.Request, scratch.Answer, codec);

    public Task AnswerAsync(Scratch scratch)
    {
        if (scratch.Output.LargeBytes > 0)
            return call.SendAsync(scratch.Output.WrittenMemory).AsTask();
        call.Write(scratch.Output.Written);
        return Task.CompletedTask;
    }

    public Task FailAsync(Scratch scratch, int status, string message)
    {
        call.Finish(GrpcStatuses.Of(status), message);
        return Task.CompletedTask;
    }
}
