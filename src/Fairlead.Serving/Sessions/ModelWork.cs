using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Inference;
using Fairlead.Inference.Batching;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Sessions;

/// <summary>A server group that scores in this process. Its session may be another group's too; its batches never are.</summary>
internal sealed class ModelWork : GroupWork
{
    private readonly SessionPool pool;
    private readonly SessionSlot slot;
    private readonly ReleasedService service;
    private readonly RunObserver observer;
    private readonly TimeProvider time;
    private readonly bool mayStayAsleep;
    private readonly Lock gate = new();
    private SignatureCodec? codec;
    private volatile GroupBatcher? batcher;

    /// <param name="mayStayAsleep">True for what was proven to load before, at the start of a host: it wakes with its first request when memory is short.</param>
    public ModelWork(SessionPool pool, ReleasedService service, GroupMetrics metrics, TimeProvider time, bool mayStayAsleep)
    {
        this.pool = pool;
        this.service = service;
        this.time = time;
        this.mayStayAsleep = mayStayAsleep;
        observer = new RunObserver(metrics);
        slot = pool.Take(service);
    }

    public SignatureCodec Codec => codec ??= slot.Codec ?? new SignatureCodec(service.Signature);

    public bool IsBatching => service.Batch is not null;

    /// <summary>Whether a run on the thread of the request delays nobody else for long: what is not known to be quick is taken for slow.</summary>
    public bool IsQuick(LoadedSession session, int rows) => service.Batch is null && service.Chain is null && session.Estimate.IsShort(rows);

    /// <summary>The session for one request; null while it is asleep.</summary>
    public LoadedSession? TryEnter() => slot.TryEnter();

    /// <inheritdoc cref="SessionSlot.EnterAsync"/>
    public ValueTask<LoadedSession> EnterAsync(CancellationToken cancellationToken) => slot.EnterAsync(cancellationToken);

    /// <summary>What scores requests together over a session that the caller has entered.</summary>
    public MicroBatcher BatcherOf(LoadedSession session)
    {
        var known = batcher;
        return known is not null && known.Session == session ? known.Batcher : Replace(session);
    }

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (mayStayAsleep && !pool.HasRoomFor(service.Models.Sum(model => model.Artifact.Size)))
            return;
        var session = await slot.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsSame(service.Signature, session.Session.Signature))
                throw FairleadException.Failed($"The release says another signature than the model '{service.Label}' has; make a new release.");
        }
        finally
        {
            session.Leave();
        }

        // While it was in use, nothing could make room for what was loaded beside it.
        pool.Shrink(slot);
    }

    public override void Release()
    {
        batcher?.Batcher.Dispose();
        pool.Return(slot);
    }

    private MicroBatcher Replace(LoadedSession session)
    {
        lock (gate)
        {
            if (batcher is { } known && known.Session == session)
                return known.Batcher;
            var old = batcher;
            var made = new MicroBatcher(session.Session, service.Label, service.Batch, time, observer);
            batcher = new GroupBatcher(session, made);

            // Nobody waits in it: its session was let go when nobody used it.
            old?.Batcher.Dispose();
            return made;
        }
    }

    private static bool IsSame(Signature left, Signature right) => IsSame(left.Inputs, right.Inputs) && IsSame(left.Outputs, right.Outputs);

    private static bool IsSame(IReadOnlyList<TensorSpec> left, IReadOnlyList<TensorSpec> right) =>
        left.Count == right.Count && left.Zip(right).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Type == pair.Second.Type && pair.First.Shape.SequenceEqual(pair.Second.Shape));
}
