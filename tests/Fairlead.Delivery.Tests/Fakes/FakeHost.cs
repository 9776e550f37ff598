using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>A host as the control plane sees one: takes desired states as they come, as a whole or not at all, and reports.</summary>
internal sealed class FakeHost(ManualTime time, string url = "http://localhost:7071") : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;
    private HostReports? heard;
    private long seen;
    private static int processes = 1000;

    public int ProcessId { get; } = Interlocked.Increment(ref processes);

    /// <summary>Why it cannot make a group ready, or null when it can.</summary>
    public Func<DesiredState, DesiredServerGroup, string?> Refuses { get; set; } = static (_, _) => null;

    /// <summary>How its server groups are, as it reports it.</summary>
    public IReadOnlyList<ServerGroupReport> Groups { get; set; } = [];

    /// <summary>What it serves.</summary>
    public DesiredState? Applied { get; private set; }

    public void Connect(DesiredStates states, HostReports reports)
    {
        heard = reports;
        loop = RunAsync(states, reports);
    }

    public HostReport Report(long? refused = null, params ServerGroupFailure[] failures) => new()
    {
        ProcessId = ProcessId,
        Url = url,
        StartedAt = time.GetUtcNow(),
        AppliedVersion = Applied?.Version ?? 0,
        RefusedVersion = refused,
        Failures = failures,
        Groups = Groups,
        Answered = 0,
        Captured = 0,
        CaptureLost = 0,
    };

    /// <summary>Says how it is to the control plane that it was connected to.</summary>
    public void Beat() => heard?.Report(Report());

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
            // Its way to end.
        }

        stop.Dispose();
    }

    private async Task RunAsync(DesiredStates states, HostReports reports)
    {
        await Task.Yield();
        while (true)
        {
            var state = await states.WaitForVersionAfterAsync(seen, TimeSpan.FromDays(40), stop.Token);
            seen = state!.Version;
            var failures = state.ServerGroups
                .Select(group => (group.Name, Reason: Refuses(state, group)))
                .Where(refusal => refusal.Reason is not null)
                .Select(refusal => new ServerGroupFailure(refusal.Name, refusal.Reason!))
                .ToArray();
            if (failures.Length == 0)
                Applied = state;
            reports.Report(failures.Length == 0 ? Report() : Report(state.Version, failures));
        }
    }
}
