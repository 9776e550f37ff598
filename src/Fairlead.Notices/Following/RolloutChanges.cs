using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Notices;

namespace Fairlead.Notices.Following;

/// <summary>What there is to tell of a rollout, from what was told before and how it stands.</summary>
internal static class RolloutChanges
{
    public static Followed Since(RolloutMark? mark, Rollout rollout)
    {
        if (rollout.Outcome == RolloutOutcome.Unchanged)
            return Followed.Nothing;
        var drafts = new List<NoticeDraft>();
        if (mark is null)
            drafts.Add(Draft(rollout, NoticeEvents.RolloutStarted, "started", rollout.StartedAt, "began", $"Begun by {rollout.StartedBy}{(rollout.Override is { } why ? $", although the environment was closed: {why}" : "")}."));
        if (rollout.Step > (mark?.Step ?? 0))
            drafts.Add(Draft(rollout, NoticeEvents.RolloutStep, $"step/{rollout.Step}", Last(rollout)?.At ?? rollout.SeenAt, $"came to step {rollout.Step + 1} of {rollout.Steps.Count}", Last(rollout)?.Message ?? ""));
        if (rollout.IsEnded && mark?.IsEnded != true)
            drafts.Add(Ended(rollout));
        return new Followed(drafts, JsonSerializer.Serialize(new RolloutMark(Math.Max(rollout.Step, mark?.Step ?? 0), rollout.IsEnded), FollowingJson.Default.RolloutMark));
    }

    private static NoticeDraft Ended(Rollout rollout)
    {
        var (word, verb) = (rollout.Outcome, rollout.Kind) switch
        {
            (RolloutOutcome.Succeeded, RolloutKind.Rollback) => (NoticeEvents.RolloutRolledBack, "is done"),
            (RolloutOutcome.Succeeded, _) => (NoticeEvents.RolloutSucceeded, "succeeded"),
            (RolloutOutcome.Failed, _) => (NoticeEvents.RolloutFailed, "failed"),
            (RolloutOutcome.Superseded, _) => (NoticeEvents.RolloutAborted, "was taken over"),
            _ => (NoticeEvents.RolloutAborted, "was aborted"),
        };
        return Draft(rollout, word, "ended", rollout.EndedAt ?? rollout.SeenAt, verb, rollout.Reason ?? Last(rollout)?.Message ?? "");
    }

    private static RolloutEntry? Last(Rollout rollout) => rollout.History.Count > 0 ? rollout.History[^1] : null;

    private static NoticeDraft Draft(Rollout rollout, string word, string key, DateTimeOffset at, string verb, string message)
    {
        var number = rollout.Number.ToString(CultureInfo.InvariantCulture);
        return new NoticeDraft
        {
            Key = $"rollout/{number}/{key}",
            Event = word,
            Subject = $"rollout/{number}",
            At = at,
            Title = $"{Capitalized(rollout.Describe())} {verb}",
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [NoticeFields.Message] = message,
                [NoticeFields.Rollout] = number,
                [NoticeFields.Environment] = rollout.Environment,
                [NoticeFields.Service] = string.Join(", ", rollout.Targets.Select(target => target.Service).Distinct(StringComparer.Ordinal)),
                [NoticeFields.Release] = rollout.Release.ToString(),
                [NoticeFields.By] = rollout.StartedBy,
                [NoticeFields.Reason] = rollout.Reason ?? "",
                [NoticeFields.Status] = rollout.Outcome is { } outcome ? JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()) : "running",
            },
            Environments = [rollout.Environment],
            Path = $"/rollouts/{number}",
        };
    }

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
