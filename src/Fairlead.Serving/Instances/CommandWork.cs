using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Deployments;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Instances;

/// <summary>A server group that answers by the instances of a command.</summary>
/// <param name="readers">Opens the service's contract, if it has one; null where contracts are not read.</param>
internal sealed class CommandWork(DesiredServerGroup group, InstancePool pool, IArtifactStore store, IPayloadReaders? readers) : GroupWork
{
    private volatile int wanted = group.Instances ?? group.Service.Command!.Settings.Instances;
    private volatile InstanceSet? instances;

    /// <summary>Its instances, once it is prepared.</summary>
    public InstanceSet Instances => instances ?? throw new InvalidOperationException($"'{group.Name}' is not prepared.");

    /// <summary>What reads its messages; null without a contract.</summary>
    public IPayloadReader? Payloads { get; private set; }

    public override IReadOnlyList<string> GrpcServices => Payloads?.Services ?? [];

    public override bool IsReady => instances is { Takers: > 0 };

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (readers is not null && group.Service.Command!.Contract is { } contract)
            Payloads = readers.Open(await store.ReadAsync(contract.Descriptors.Digest, cancellationToken).ConfigureAwait(false));
        var set = await pool.AcquireAsync(group, cancellationToken).ConfigureAwait(false);
        instances = set;

        // A state that came meanwhile may say otherwise.
        set.Resize(wanted);
    }

    public override void Resize(DesiredServerGroup desired)
    {
        wanted = desired.Instances ?? desired.Service.Command!.Settings.Instances;
        instances?.Resize(wanted);
    }

    public override void Release()
    {
        if (instances is { } set)
            pool.Release(set);
    }
}
