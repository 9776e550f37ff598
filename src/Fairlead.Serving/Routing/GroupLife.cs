using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Shadows;
using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Routing;

/// <summary>
/// What a server group keeps for as long as it lives, across route tables: its work, its capture, its limits and its numbers.
/// Tables and states hold it; the last to let go releases the work.
/// </summary>
internal sealed class GroupLife
{
    private readonly DesiredServerGroup desired;
    private readonly CancellationTokenSource end = new();
    private readonly Lazy<Task> ready;
    private int holders = 1;
    private ShadowLane? shadow;

    /// <param name="hash">Set when the service hashes fields of its records.</param>
    public GroupLife(DesiredServerGroup desired, GroupMetrics metrics, GroupWork work, CaptureHash? hash = null)
    {
        this.desired = desired;
        Work = work;
        Metrics = metrics;
        Admission = new Admission(desired.Service.Limits, InstancesOf(desired));
        Capture = new GroupCapture(desired, metrics, hash);
        ready = new Lazy<Task>(() => Task.Run(() => work.PrepareAsync(end.Token)));
    }

    public GroupWork Work { get; }

    public GroupCapture Capture { get; }

    public Admission Admission { get; }

    public GroupMetrics Metrics { get; }

    /// <summary>What waits for it as a shadow, and its numbers; null when it never was one.</summary>
    public ShadowLane? Shadow => Volatile.Read(ref shadow);

    /// <summary>Begins to prepare the work when it is first asked for; completes when it can answer, or fails with the reason.</summary>
    public Task Ready => ready.Value;

    public bool IsReady => ready.IsValueCreated && Ready.IsCompletedSuccessfully;

    public bool HasFailed => ready.IsValueCreated && (Ready.IsFaulted || Ready.IsCanceled);

    /// <summary>True when the group needs nothing else than what this one has.</summary>
    public bool Fits(DesiredServerGroup other) =>
        desired.Name == other.Name && desired.Release == other.Release && desired.Configuration == other.Configuration
            && desired.Service.Digest == other.Service.Digest && desired.Service.Model?.Number == other.Service.Model?.Number
            && desired.Service.Limits == other.Service.Limits && desired.Service.Batch == other.Service.Batch;

    /// <summary>Takes up what a later state says of the same group: how many instances it has. Returns at once.</summary>
    public void Resize(DesiredServerGroup other)
    {
        Admission.Resize(InstancesOf(other));
        Work.Resize(other);
    }

    /// <summary>For one more table or state; only by somebody who knows that it is held.</summary>
    public void Hold() => Interlocked.Increment(ref holders);

    /// <summary>As <see cref="Hold"/>, by anybody; false when everybody has let go already.</summary>
    public bool TryHold()
    {
        var seen = Volatile.Read(ref holders);
        while (seen > 0)
        {
            var before = Interlocked.CompareExchange(ref holders, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        return false;
    }

    /// <summary>The first one stays.</summary>
    public ShadowLane SetShadow(ShadowLane lane) => Interlocked.CompareExchange(ref shadow, lane, null) ?? lane;

    public void LetGo()
    {
        if (Interlocked.Decrement(ref holders) > 0)
            return;
        end.Cancel();
        if (!ready.IsValueCreated || Ready.IsCompleted)
            Work.Release();
        else
            _ = ReleaseLaterAsync();
    }

    /// <summary>A model counts as one.</summary>
    private static int InstancesOf(DesiredServerGroup group) => group.Service.Command is { } command ? group.Instances ?? command.Settings.Instances : 1;

    private async Task ReleaseLaterAsync()
    {
        await Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Work.Release();
    }
}
