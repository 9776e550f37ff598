using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Rolls a release out and waits until it has its traffic; the same key is the same rollout, whoever asks for it again.</summary>
internal sealed class RolloutActivity(IRollouts rollouts) : IActivity
{
    public const string KindName = "rollout";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var input = call.Input;
        var order = new RolloutOrder
        {
            Key = call.Key,
            Environment = input.GetProperty("environment").GetString()!,
            Release = input.TryGetProperty("release", out var release) ? ReleaseName.Parse(release.GetString()!) : null,
            Services = [.. input.GetProperty("services").EnumerateArray().Select(service => service.GetString()!)],
            Strategy = StrategyOf(input),
            User = input.GetProperty("user").GetString()!,
        };
        return await EndAsync(rollouts, await rollouts.StartAsync(order, cancellationToken).ConfigureAwait(false), call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until a rollout has come to where the pipeline can go on.</summary>
    public static async Task<ActivityOutcome> EndAsync(IRollouts rollouts, Rollout rollout, ActivityCall call, CancellationToken cancellationToken)
    {
        while (!rollout.IsSettled)
        {
            call.Heartbeat();
            rollout = await rollouts.WaitAsync(rollout.Number, rollout.Revision, Patience, cancellationToken).ConfigureAwait(false);
        }

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

    /// <summary>Null for the environment's own.</summary>
    private static Strategy? StrategyOf(JsonElement input)
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
            Baseline = input.TryGetProperty("baseline", out var baseline) && baseline.GetBoolean(),
            Analyse = input.TryGetProperty("analyse", out var analyse) ? [.. analyse.EnumerateArray().Select(metric => metric.GetString()!)] : [],
        };
    }

    private static Weight ShareOf(string text) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100
            ? new Weight((int)Math.Round(percent * 100))
            : throw FairleadException.Invalid($"'{text}' is no share of traffic; write one such as '5%'.");
}
