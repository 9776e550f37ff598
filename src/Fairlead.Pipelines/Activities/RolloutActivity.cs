using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scheduling;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>
/// Rolls a release out and waits until it has its traffic; the same key is the same rollout, whoever asks for it again. None begins while its environment is
/// closed, and one that the closing finds under way stays where it is until the opening.
/// </summary>
internal sealed class RolloutActivity(IRollouts rollouts, DeployGate gate, TimeProvider time) : IActivity
{
    public const string KindName = "rollout";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(100);

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var order = OrderOf(call);
        if (await rollouts.FindByKeyAsync(order.Key!, cancellationToken).ConfigureAwait(false) is not { } rollout)
        {
            if (await gate.FindClosureAsync(order.Environment, cancellationToken).ConfigureAwait(false) is { } closure)
                return ActivityOutcome.Succeeded(HeldActivities.Output(order.Environment, closure));
            rollout = await rollouts.StartAsync(order, cancellationToken).ConfigureAwait(false);
        }

        while (!rollout.IsSettled)
        {
            call.Heartbeat();
            rollout = await KeepToWindowAsync(rollout, cancellationToken).ConfigureAwait(false);
            rollout = await rollouts.WaitAsync(rollout.Number, rollout.Revision, await PatienceAsync(rollout.Environment, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        return Outcome(rollout);
    }

    /// <summary>Waits until a rollout has come to where the pipeline can go on.</summary>
    public static async Task<ActivityOutcome> EndAsync(IRollouts rollouts, Rollout rollout, ActivityCall call, CancellationToken cancellationToken)
    {
        while (!rollout.IsSettled)
        {
            call.Heartbeat();
            rollout = await rollouts.WaitAsync(rollout.Number, rollout.Revision, Patience, cancellationToken).ConfigureAwait(false);
        }

        return Outcome(rollout);
    }

    private static ActivityOutcome Outcome(Rollout rollout)
    {
        if (rollout is { IsEnded: true, Outcome: not (RolloutOutcome.Succeeded or RolloutOutcome.Unchanged) })
            return ActivityOutcome.Failed(rollout.Reason ?? $"The {rollout.Describe()} ended as {rollout.Outcome}.", rollout.Problem is ProblemKind.Unavailable or ProblemKind.Busy);
        return ActivityOutcome.Succeeded(StageData.Object(
            ("rollout", rollout.Number),
            ("environment", rollout.Environment),
            ("release", rollout.Release.ToString()),
            ("changed", rollout.Outcome != RolloutOutcome.Unchanged),
            ("live", rollout.Targets.Select(target => target.Candidate?.ToString()).OfType<string>()),
            ("before", rollout.Targets.Select(target => target.Stable?.ToString()).OfType<string>())));
    }

    /// <summary>Pauses it when the window closes, and lets it go on when that opens, unless somebody else paused it. Its health is watched all the while.</summary>
    private async Task<Rollout> KeepToWindowAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var keeper = $"the window of '{rollout.Environment}'";
        var isHeld = rollout.IsPaused && rollout.Note?.Contains(keeper, StringComparison.Ordinal) == true;
        var isClosed = await gate.FindClosureAsync(rollout.Environment, cancellationToken).ConfigureAwait(false) is not null;
        try
        {
            return isClosed && !rollout.IsPaused ? await rollouts.PauseAsync(rollout.Number, keeper, cancellationToken).ConfigureAwait(false)
                : !isClosed && isHeld ? await rollouts.ResumeAsync(rollout.Number, keeper, cancellationToken).ConfigureAwait(false)
                : rollout;
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Conflict)
        {
            // It ends, or somebody was quicker.
            return rollout;
        }
    }

    private async Task<TimeSpan> PatienceAsync(string environment, CancellationToken cancellationToken)
    {
        var left = await gate.FindClosingAsync(environment, cancellationToken).ConfigureAwait(false) - time.GetUtcNow();
        return left < LeastPatience ? LeastPatience : left < Patience ? left.Value : Patience;
    }

    private static RolloutOrder OrderOf(ActivityCall call)
    {
        var input = call.Input;
        return new RolloutOrder
        {
            // Executions that were begun before windows were heeded have none.
            Key = input.TryGetProperty("key", out var key) ? key.GetString() : call.Key,
            Environment = input.GetProperty("environment").GetString()!,
            Release = input.TryGetProperty("release", out var release) ? ReleaseOf(release.GetString()!) : null,
            Services = [.. input.GetProperty("services").EnumerateArray().Select(service => service.GetString()!)],
            Strategy = StrategyOf(input),
            User = input.GetProperty("user").GetString()!,
        };
    }

    private static ReleaseName ReleaseOf(string text) =>
        ReleaseName.TryParse(text, out var name) ? name : throw FairleadException.Invalid($"'{text}' is no release; write 'v' and a number, such as 'v001'.");

    /// <summary>Null for the environment's own.</summary>
    public static Strategy? StrategyOf(JsonElement input)
    {
        if (!input.TryGetProperty("strategy", out var word))
            return null;
        if (!StrategyWords.TryParse(word.GetString(), out var kind))
            throw FairleadException.Invalid($"'{word.GetString()}' is no strategy; {NearestName.Hint(word.GetString()!, StrategyWords.All)}");
        return new Strategy
        {
            Kind = kind,
            Traffic = input.TryGetProperty("traffic", out var traffic) ? [.. traffic.EnumerateArray().Select(share => ShareOf(share.GetString()!))] : kind == StrategyKind.Canary ? Strategy.DefaultTraffic : [],
            Each = input.TryGetProperty("each", out var each) && SettingSchema.TryDuration(each.GetString()!, out var duration) ? duration : TimeSpan.Zero,
            Mirror = kind != StrategyKind.Shadow ? Weight.None : input.TryGetProperty("mirror", out var mirror) ? ShareOf(mirror.GetString()!) : Weight.All,
            Baseline = input.TryGetProperty("baseline", out var baseline) && baseline.GetBoolean(),
            Analyse = input.TryGetProperty("analyse", out var analyse) ? [.. analyse.EnumerateArray().Select(metric => metric.GetString()!)] : [],
        };
    }

    private static Weight ShareOf(string text) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100
            ? new Weight((int)Math.Round(percent * 100))
            : throw FairleadException.Invalid($"'{text}' is no share of traffic; write one such as '5%'.");
}
