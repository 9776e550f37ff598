using System.Buffers;
using System.IO.Pipelines;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>How a request is sent, whoever gets it.</summary>
/// <param name="length">Of the body; null when the client did not say and it is not here to its end.</param>
internal sealed class Http1Request(RequestBodyKind kind, long? length, bool isUpgrade)
{
    public RequestBodyKind Kind => kind;

    public long? Length => length;

    public bool IsUpgrade => isUpgrade;

    /// <summary>The body that is here, which stays readable until <see cref="Finish"/>.</summary>
    public ReadOnlySequence<byte> Body { get; init; }

    public PipeReader? Reader { get; init; }

    public void Finish() => Reader?.AdvanceTo(Body.End);
}
