using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Serialization;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.States;

/// <summary>
/// The one place where server groups change: each change is computed from fresh records, recorded and published as the next desired state,
/// one at a time, and wakes the hosts that wait for it.
/// </summary>
public sealed class DesiredStates(IServerGroupCatalog catalog, IWorkspace workspace, TimeProvider time, ILogger<DesiredStates> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Lock sync = new();
    private TaskCompletionSource publication = NewSignal();
    private DesiredState? current;
    private volatile KnownProject? known;

    /// <summary>The last published desired state, or null before the first.</summary>
    public async Task<DesiredState?> FindAsync(CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (current is not null)
                return current;
        }

        var stored = await catalog.FindDesiredStateAsync(cancellationToken).ConfigureAwait(false);
        lock (sync)
            return current ??= stored;
    }

    /// <summary>The desired state as soon as its version is above the given one, or null when that takes longer than the timeout.</summary>
    public async Task<DesiredState?> WaitForVersionAfterAsync(long version, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            Task next;
            lock (sync)
                next = publication.Task;
            if (await FindAsync(cancellationToken).ConfigureAwait(false) is { } state && state.Version > version)
                return state;
            var left = timeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return null;
            try
            {
                await next.WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    public void Dispose() => gate.Dispose();

    /// <summary>
    /// Records what the transition makes of all recorded groups, and publishes. Whatever the transition throws changes nothing. The project's
    /// environments are those that were read last, by a deployment or at the start: to read them asks git, and a shift of traffic waits for no
    /// other program.
    /// </summary>
    internal async Task<DesiredState> ChangeAsync(
        Func<IReadOnlyList<ServerGroup>, IReadOnlyList<ServerGroup>> transition, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var project = known ?? await ReadProjectAsync(cancellationToken).ConfigureAwait(false);
            var groups = await catalog.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
            return await PublishAsync(transition(groups), project).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>How an environment is deployed to, as it was read last: the way back must not wait for git.</summary>
    internal async Task<DeliveryPolicy> PolicyAsync(string environment, CancellationToken cancellationToken)
    {
        var environments = known?.Environments ?? (await FindAsync(cancellationToken).ConfigureAwait(false))?.Environments ?? [];
        return environments.FirstOrDefault(candidate => candidate.Name == environment)?.Delivery ?? DeliveryPolicy.Default;
    }

    /// <summary>As <see cref="ChangeAsync"/>, but publishes nothing when no group changes; null then.</summary>
    internal async Task<DesiredState?> ChangeIfAnyAsync(
        Func<IReadOnlyList<ServerGroup>, IReadOnlyList<ServerGroup>> transition, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var groups = await catalog.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
            var changed = transition(groups);
            if (changed.Count == 0)
                return null;
            return await PublishAsync(changed, known ?? await ReadProjectAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>As <see cref="ChangeAsync"/>, but publishes nothing when neither a group nor the desired state would change.</summary>
    internal async Task<DesiredState> RefreshAsync(
        Func<IReadOnlyList<ServerGroup>, IReadOnlyList<ServerGroup>> transition, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var project = await ReadProjectAsync(cancellationToken).ConfigureAwait(false);
            var groups = await catalog.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
            var changed = transition(groups);
            if (changed.Count == 0
                && await FindAsync(cancellationToken).ConfigureAwait(false) is { } state
                && SameText(state, DesiredStateBuilder.Build(state.Version, project, groups)))
                return state;
            return await PublishAsync(changed, project).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The project's environments; the last published ones while the project file cannot be read.</summary>
    internal async Task<KnownProject> ReadProjectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RequireProjectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            // The way back must work while somebody is editing the project file.
            if (await FindAsync(cancellationToken).ConfigureAwait(false) is not { } last)
                throw;
            Log.ProjectUnreadable(logger, e.Message);
            return new KnownProject(last.Project, last.Environments);
        }
    }

    /// <summary>The project as its file is now: what is made new is configured as that says, and not as it said before.</summary>
    /// <exception cref="FairleadException">Invalid: the project file cannot be read.</exception>
    internal async Task<KnownProject> RequireProjectAsync(CancellationToken cancellationToken)
    {
        var project = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
        return known = new KnownProject(project.Name, project.Environments);
    }

    private async Task<DesiredState> PublishAsync(IReadOnlyList<ServerGroup> changed, KnownProject project)
    {
        // Not cancelled: whether it happened must be known.
        var state = await catalog.UpdateAsync(
            changed, (version, groups) => DesiredStateBuilder.Build(version, project, groups), CancellationToken.None).ConfigureAwait(false);
        TaskCompletionSource signalled;
        lock (sync)
        {
            current = state;
            signalled = publication;
            publication = NewSignal();
        }

        signalled.TrySetResult();
        Log.Published(logger, state.Version, state.ServerGroups.Count);
        return state;
    }

    private static bool SameText(DesiredState left, DesiredState right) =>
        JsonSerializer.Serialize(left, DomainJson.Default.DesiredState) == JsonSerializer.Serialize(right, DomainJson.Default.DesiredState);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
