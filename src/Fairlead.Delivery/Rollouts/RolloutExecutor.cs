using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Does what a rollout asks for, and says what came of it.</summary>
internal sealed class RolloutExecutor(
    GroupMaker maker, DesiredStates states, Confirmation confirmation, TrafficSwitch traffic, IRolloutAnalysis? analysis, TimeProvider time, ILogger logger)
{
    /// <summary>A judge that takes longer has not said anything.</summary>
    private static readonly TimeSpan LongestJudgement = TimeSpan.FromMinutes(2);

    /// <param name="narrator">Told of what happens.</param>
    /// <exception cref="OperationCanceledException">Somebody wants something else first; what was begun is taken up again by doing it again.</exception>
    public async Task<RolloutFact> DoAsync(RolloutActionKind action, Rollout rollout, DeployNarrator narrator, CancellationToken cancellationToken)
    {
        try
        {
            return action switch
            {
                RolloutActionKind.Create => new RolloutFact(RolloutFactKind.Done) { Targets = await maker.MakeAsync(rollout, cancellationToken).ConfigureAwait(false) },
                RolloutActionKind.Prepare => await PrepareAsync(rollout, narrator, cancellationToken).ConfigureAwait(false),
                RolloutActionKind.Scale => await ScaleAsync(rollout, (groups, target) => StepRules.Scale(groups, target, ShareOf(rollout, target)), narrator, cancellationToken).ConfigureAwait(false),
                RolloutActionKind.Shift => await ShiftAsync(rollout, narrator, cancellationToken).ConfigureAwait(false),
                RolloutActionKind.Judge => await JudgeAsync(rollout, cancellationToken).ConfigureAwait(false),
                RolloutActionKind.Restore => await ScaleAsync(rollout, StepRules.Restore, narrator, cancellationToken).ConfigureAwait(false),
                RolloutActionKind.Return => await ReturnAsync(rollout, narrator, cancellationToken).ConfigureAwait(false),
                RolloutActionKind.Finish => await FinishAsync(rollout).ConfigureAwait(false),
                _ => throw new ArgumentOutOfRangeException(nameof(action), action, "unknown action"),
            };
        }
        catch (FairleadException e)
        {
            return new RolloutFact(e.Kind == ProblemKind.Unavailable ? RolloutFactKind.Silent : RolloutFactKind.Refused, e.Message) { Problem = e.Kind };
        }
    }

    private async Task<RolloutFact> PrepareAsync(Rollout rollout, DeployNarrator narrator, CancellationToken cancellationToken)
    {
        var groups = NamesOf(rollout);
        var services = rollout.Targets.Select(target => target.Service).ToHashSet(StringComparer.Ordinal);
        var state = await states.ChangeAsync(
            all => Setback.Fail(
                all,
                [.. all.Where(group => group.Name.Environment == rollout.Environment && services.Contains(group.Name.Service) && !groups.Contains(group.Name)).Select(group => group.Name)],
                _ => $"Superseded by release {rollout.Release} before the host had it ready."),
            cancellationToken).ConfigureAwait(false);
        narrator.Preparing(state, groups);
        var failures = await confirmation.WaitAsync(state, groups, "it takes no traffic until you deploy it again", narrator.Evicted, cancellationToken).ConfigureAwait(false);
        if (failures.Count == 0)
        {
            narrator.Ready(groups);
            return Done(state);
        }

        await states.ChangeAsync(
            all => Setback.Fail(all, groups, name => Setback.ReasonOf(failures, name) ?? $"Not enabled, because the host refused {TrafficSwitch.Reasons(failures)}."), CancellationToken.None).ConfigureAwait(false);
        return new RolloutFact(
            RolloutFactKind.Refused,
            $"Release {rollout.Release} cannot serve in '{rollout.Environment}' ({TrafficSwitch.Reasons(failures)}): what was live goes on; mend the cause, make a new release and deploy that.")
        {
            Problem = ProblemKind.Failed,
        };
    }

    private async Task<RolloutFact> ScaleAsync(
        Rollout rollout, Func<IReadOnlyList<ServerGroup>, RolloutTarget, IReadOnlyList<ServerGroup>> rule, DeployNarrator narrator, CancellationToken cancellationToken)
    {
        var state = await states.ChangeIfAnyAsync(ForEach(rollout, rule), cancellationToken).ConfigureAwait(false);
        if (state is null)
            return new RolloutFact(RolloutFactKind.Done);
        var failures = await confirmation.WaitAsync(state, NamesOf(rollout), "'fairlead status' tells when", narrator.Evicted, cancellationToken).ConfigureAwait(false);
        return failures.Count == 0
            ? Done(state)
            : new RolloutFact(RolloutFactKind.Refused, $"The host refused the number of instances ({TrafficSwitch.Reasons(failures)}).") { Problem = ProblemKind.Failed };
    }

    private async Task<RolloutFact> ShiftAsync(Rollout rollout, DeployNarrator narrator, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(rollout, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ServerGroupName> goals = [.. rollout.Targets.Select(target => target.Candidate!.Value)];
        var state = await traffic.ApplyAsync(
            rollout.Environment,
            ForEach(rollout, (groups, target) => StepRules.Shift(groups, rollout, target, ShareOf(rollout, target), change)),
            (published, _) => narrator.Switching(published, goals),
            narrator.Evicted,
            cancellationToken).ConfigureAwait(false);
        if (rollout.Kind == RolloutKind.Rollback)
            Log.RolledBack(logger, rollout.Environment, string.Join(", ", goals), rollout.StartedBy, state.Version);
        else
            Log.Switched(logger, rollout.Environment, string.Join(", ", goals), rollout.StartedBy, state.Version);
        narrator.Shifted(rollout, goals, state.Version);
        return Done(state);
    }

    private async Task<RolloutFact> JudgeAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var limit = new CancellationTokenSource(LongestJudgement, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var verdict = analysis is null
                ? new RolloutVerdict(RolloutAdvice.Wait, "This control plane has no analysis.")
                : await analysis.JudgeAsync(new RolloutQuestion(rollout, now - rollout.Held, now), either.Token).ConfigureAwait(false);
            return new RolloutFact(RolloutFactKind.Done) { Verdict = verdict };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new RolloutFact(RolloutFactKind.Done) { Verdict = new RolloutVerdict(RolloutAdvice.Wait, $"The analysis took longer than {LongestJudgement.TotalSeconds:0} s.") };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A judge that fails has not said that it is good.
            Log.JudgeFailed(logger, rollout.Number, e);
            return new RolloutFact(RolloutFactKind.Done) { Verdict = new RolloutVerdict(RolloutAdvice.Wait, $"The analysis failed: {e.Message}") };
        }
    }

    private async Task<RolloutFact> ReturnAsync(Rollout rollout, DeployNarrator narrator, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(rollout, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ServerGroupName> back = [];
        var state = await states.ChangeIfAnyAsync(
            all =>
            {
                var changed = ForEach(rollout, (groups, target) => StepRules.Return(groups, rollout, target, change))(all);
                back = [.. changed.Where(group => group.Status == ServerGroupStatus.Enabled).Select(group => group.Name)];
                return changed;
            },
            cancellationToken).ConfigureAwait(false);
        if (state is null)
            return new RolloutFact(RolloutFactKind.Done);
        Log.WentBack(logger, rollout.Number, rollout.Environment, string.Join(", ", back), rollout.Reason, state.Version);
        if (back.Count == 0)
            return Done(state);
        var failures = await confirmation.WaitAsync(state, back, "'fairlead status' tells when", narrator.Evicted, cancellationToken).ConfigureAwait(false);
        return failures.Count == 0
            ? Done(state)
            : new RolloutFact(RolloutFactKind.Refused, $"The host refused the way back ({TrafficSwitch.Reasons(failures)}).") { Problem = ProblemKind.Failed };
    }

    private async Task<RolloutFact> FinishAsync(Rollout rollout)
    {
        var state = await states.ChangeIfAnyAsync(ForEach(rollout, (groups, target) => StepRules.Finish(groups, rollout, target)), CancellationToken.None).ConfigureAwait(false);
        return new RolloutFact(RolloutFactKind.Done) { Version = state?.Version ?? 0 };
    }

    private async Task<Change> ChangeAsync(Rollout rollout, CancellationToken cancellationToken) =>
        new(time.GetUtcNow(), rollout.StartedBy) { Policy = await states.PolicyAsync(rollout.Environment, cancellationToken).ConfigureAwait(false) };

    private static Func<IReadOnlyList<ServerGroup>, IReadOnlyList<ServerGroup>> ForEach(
        Rollout rollout, Func<IReadOnlyList<ServerGroup>, RolloutTarget, IReadOnlyList<ServerGroup>> rule) =>
        all => [.. rollout.Targets.SelectMany(target => rule([.. all.Where(group => group.Name.Environment == rollout.Environment && group.Name.Service == target.Service)], target))];

    private static StepShare ShareOf(Rollout rollout, RolloutTarget target) => rollout.Steps[rollout.Step].Shares.First(share => share.Service == target.Service);

    private static List<ServerGroupName> NamesOf(Rollout rollout) =>
        [.. rollout.Targets.SelectMany(target => new[] { target.IsCold ? target.Candidate : null, target.Baseline }).OfType<ServerGroupName>()];

    private static RolloutFact Done(DesiredState state) => new(RolloutFactKind.Done) { Version = state.Version };
}
