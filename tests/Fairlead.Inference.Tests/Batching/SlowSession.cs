using Fairlead.Domain.Models;

namespace Fairlead.Inference.Tests.Batching;

/// <summary>A real session that takes the time of a larger model.</summary>
internal sealed class SlowSession(IModelSession session) : IModelSession
{
    public Signature Signature => session.Signature;

    public SignatureCodec Codec => session.Codec;

    public void Run(InferRequest request, InferAnswer answer)
    {
        Thread.SpinWait(20_000);
        session.Run(request, answer);
    }

    public void Dispose() => session.Dispose();
}
