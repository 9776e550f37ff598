using Fairlead.Grpc.Framing;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Grpc.Server;

/// <summary>A call's deadline as a token that also tells when the client is gone. The timer is kept from call to call.</summary>
internal sealed class CallDeadline
{
    private CancellationTokenSource? source;
    private TimeProvider? clock;
    private CancellationTokenRegistration abort;
    private volatile bool isAborted;

    public TimeSpan? Timeout { get; private set; }

    public bool IsExceeded => Timeout is not null && !isAborted && source is { IsCancellationRequested: true };

    /// <summary>The token when there is a deadline; else none, for waits that the server itself ends when the client goes.</summary>
    public CancellationToken OwnToken => Timeout is not null && source is not null ? source.Token : CancellationToken.None;

    public CancellationToken Token(IFeatureCollection features) =>
        Timeout is null ? features.Get<IHttpRequestLifetimeFeature>()?.RequestAborted ?? CancellationToken.None : OwnToken;

    /// <exception cref="GrpcException">InvalidArgument: the header cannot be read.</exception>
    public void Start(string header, IFeatureCollection features, TimeProvider time)
    {
        if (!GrpcTimeout.TryParse(header, out var timeout))
            throw new GrpcException(GrpcStatusCode.InvalidArgument, $"The timeout '{header}' cannot be read; write up to eight digits and one of H, M, S, m, u, n.");
        if (source is null || clock != time)
        {
            source?.Dispose();
            source = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, time);
            clock = time;
        }

        Timeout = timeout;
        source.CancelAfter(timeout);
        if (features.Get<IHttpRequestLifetimeFeature>() is { } lifetime)
            abort = lifetime.RequestAborted.UnsafeRegister(static state => ((CallDeadline)state!).Abort(), this);
    }

    public void Recycle()
    {
        if (Timeout is null)
            return;
        abort.Dispose();
        abort = default;
        if (source is not null && !source.TryReset())
        {
            source.Dispose();
            source = null;
        }

        isAborted = false;
        Timeout = null;
    }

    private void Abort()
    {
        isAborted = true;
        source?.Cancel();
    }
}
