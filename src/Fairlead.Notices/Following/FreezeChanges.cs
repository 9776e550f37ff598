using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Notices.Following;

/// <summary>Which freezes began and ended since it was looked at last.</summary>
internal static class FreezeChanges
{
    public const string MarkName = "freezes";

    public static Followed Since(FreezeMark? mark, ProjectDefinition project, DateTimeOffset now)
    {
        var known = project.Environments.SelectMany(environment => environment.Calendar.Freezes.Select(freeze => (freeze, environment.Name)))
            .GroupBy(pair => Key(pair.freeze), StringComparer.Ordinal).ToDictionary(group => group.Key, group => (group.First().freeze, Environments: group.Select(pair => pair.Name).ToList()), StringComparer.Ordinal);
        var held = known.Where(pair => pair.Value.freeze.Holds(now)).Select(pair => pair.Key).Order(StringComparer.Ordinal).ToList();
        var before = mark?.Begun ?? [];
        if (held.SequenceEqual(before))
            return Followed.Nothing;
        var drafts = held.Except(before).Select(key => Draft(known[key].freeze, known[key].Environments, NoticeEvents.FreezeBegun, now));

        // One that was taken out of the file is over without anything to say of it.
        var ended = before.Except(held).Where(known.ContainsKey).Select(key => Draft(known[key].freeze, known[key].Environments, NoticeEvents.FreezeEnded, now));
        return new Followed([.. ended, .. drafts], JsonSerializer.Serialize(new FreezeMark(held), FollowingJson.Default.FreezeMark));
    }

    private static string Key(Freeze freeze) => $"{freeze.Name}/{freeze.From.ToUnixTimeSeconds()}/{freeze.Until.ToUnixTimeSeconds()}";

    private static NoticeDraft Draft(Freeze freeze, List<string> environments, string word, DateTimeOffset now)
    {
        var (isBegun, until) = (word == NoticeEvents.FreezeBegun, freeze.Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        return new NoticeDraft
        {
            Key = $"freeze/{Key(freeze)}/{word}",
            Event = word,
            Subject = $"freeze/{freeze.Name}",
            At = now,
            Title = $"The freeze '{freeze.Name}' {(isBegun ? "began" : "is over")}",
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [NoticeFields.Message] = isBegun ? $"Nothing is deployed to {string.Join(", ", environments)} until {until} UTC: {freeze.Reason}" : $"{string.Join(", ", environments)} can be deployed to again.",
                [NoticeFields.Freeze] = freeze.Name,
                [NoticeFields.Reason] = freeze.Reason,
                [NoticeFields.Until] = $"{until} UTC",
                [NoticeFields.Environment] = string.Join(", ", environments),
            },
            Environments = environments,
        };
    }
}
