using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.States;

/// <summary>
/// Brings the host to a desired state, as a whole or not at all: loads what is new off the path of requests, keeps the state on
/// disk, then replaces the route table. One state at a time.
/// </summary>
internal sealed class DesiredStateApplier(SessionPool sessions, RouteSource routes, DesiredStateFile file, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private volatile ApplyResult last = new(0, null, []);

    public ApplyResult Last => last;

    /// <summary>Applies the state; what was refused and why is in the result, and the state before stays.</summary>
    public Task<ApplyResult> ApplyAsync(DesiredState state, CancellationToken cancellationToken) => ApplyAsync(state, isKept: false, cancellationToken);

    /// <summary>
    /// Applies the state that the disk keeps from the last time, if there is one. Server groups that cannot be loaded any more are left
    /// out and reported as a refusal of the state, so that the control plane can mend it.
    /// </summary>
    public async Task ApplyKeptAsync(CancellationToken cancellationToken)
    {
        if (file.Load() is { } state)
            await ApplyAsync(state, isKept: true, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => one.Dispose();

    private async Task<ApplyResult> ApplyAsync(DesiredState state, bool isKept, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (state.Version == last.AppliedVersion)
                return last = new ApplyResult(last.AppliedVersion, null, []);
            var (groups, used, failures) = await LoadAsync(state, cancellationToken).ConfigureAwait(false);
            // At the start there is no state before to stay: one damaged model must not silence all the others.
            var isPart = isKept && failures.Count > 0 && groups.Count > 0;
            if (failures.Count > 0 && !isPart)
            {
                Release(used);
                Log.StateRefused(logger, state.Version, string.Join(" ", failures.Select(failure => $"{failure.ServerGroup}: {failure.Message}")));
                return last = new ApplyResult(last.AppliedVersion, state.Version, failures);
            }

            // A disk that is full must not keep anyone from rolling back: the state is applied all the same, and the log says so.
            if (!isKept)
                file.Save(state);
            routes.Replace(new RouteTable(state.Version, [.. state.Environments.Select(environment => environment.Name)], groups, () => Release(used)));
            if (isPart)
            {
                Log.StatePartlyServed(logger, state.Version, groups.Count, string.Join(" ", failures.Select(failure => $"{failure.ServerGroup}: {failure.Message}")));
                return last = new ApplyResult(0, state.Version, failures);
            }

            Log.StateApplied(logger, state.Version, groups.Count, sessions.Count);
            return last = new ApplyResult(state.Version, null, []);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<(List<LiveServerGroup> Groups, List<SharedSession> Used, List<ServerGroupFailure> Failures)> LoadAsync(DesiredState state, CancellationToken cancellationToken)
    {
        var known = routes.Current.Groups.ToDictionary(group => group.Name, group => group.Context);
        var groups = new List<LiveServerGroup>();
        var used = new List<SharedSession>();
        var failures = new List<ServerGroupFailure>();
        foreach (var desired in state.ServerGroups)
        {
            try
            {
                var session = await sessions.AcquireAsync(desired.Service.Model!.Artifact, desired.Service.Label, cancellationToken).ConfigureAwait(false);
                used.Add(session);
                Require(IsSame(desired.Service.Signature, session.Session.Signature), $"The release says another signature than the model '{desired.Service.Label}' has; make a new release.");
                Require(groups.TrueForAll(group => group.Name != desired.Name), $"The server group '{desired.Name}' is there twice.");
                groups.Add(new LiveServerGroup(desired, session.Session, ContextOf(desired, known)));
            }
            catch (FairleadException e)
            {
                failures.Add(new ServerGroupFailure(desired.Name, e.Message));
            }
            catch (OperationCanceledException)
            {
                Release(used);
                throw;
            }
        }

        return (groups, used, failures);
    }

    private void Release(List<SharedSession> used)
    {
        foreach (var session in used)
            sessions.Release(session);
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw FairleadException.Failed(message);
    }

    private static bool IsSame(Signature left, Signature right) => IsSame(left.Inputs, right.Inputs) && IsSame(left.Outputs, right.Outputs);

    private static bool IsSame(IReadOnlyList<TensorSpec> left, IReadOnlyList<TensorSpec> right) =>
        left.Count == right.Count && left.Zip(right).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Type == pair.Second.Type && pair.First.Shape.SequenceEqual(pair.Second.Shape));

    /// <summary>The capture log writes a context once per instance: a group that stays keeps its own.</summary>
    private static CaptureContext ContextOf(DesiredServerGroup desired, Dictionary<ServerGroupName, CaptureContext> known) =>
        known.TryGetValue(desired.Name, out var context)
            && context.ModelDigest == desired.Service.Digest && context.Release == desired.Release
            && context.Configuration == desired.Configuration && context.ModelVersion == desired.Service.Model?.Number
            ? context
            : new CaptureContext
            {
                ServerGroup = desired.Name,
                Release = desired.Release,
                Model = desired.Service.Model?.Model ?? (desired.Service.Chain is null ? null : desired.Service.Label),
                ModelVersion = desired.Service.Model?.Number,
                ModelDigest = desired.Service.Digest,
                Configuration = desired.Configuration,
                Signature = desired.Service.Signature,
            };
}
