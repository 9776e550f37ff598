using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices.Outbox;

/// <summary>Says who is told of something: a pure function of the project file and of what happened.</summary>
internal static class NoticeRouter
{
    private const string Usual = "{{ message }}";

    /// <summary>Each channel once, with the template that holds for it.</summary>
    public static IReadOnlyList<(string Channel, string Template)> Route(NotifyDefinition? notify, NoticeDraft draft)
    {
        if (notify is null)
            return [];
        var fitting = RulesOf(notify).Where(rule => Fits(rule, draft)).ToList();
        var wanted = draft.To.Count > 0 ? draft.To : fitting.SelectMany(rule => rule.To);
        return
        [
            .. wanted.Distinct(StringComparer.Ordinal)
                .Where(channel => notify.Channels.Any(known => known.Name == channel))
                .Select(channel => (channel, fitting.FirstOrDefault(rule => rule.To.Contains(channel))?.Template ?? Usual)),
        ];
    }

    private static IReadOnlyList<NoticeRule> RulesOf(NotifyDefinition notify) => notify.Rules.Count > 0
        ? notify.Rules
        : [new NoticeRule { On = NoticeEvents.Usual, To = [.. notify.Channels.Select(channel => channel.Name)] }];

    private static bool Fits(NoticeRule rule, NoticeDraft draft) =>
        rule.On.Any(word => NoticeEvents.Matches(word, draft.Event))
        && (rule.Pipelines.Count == 0 || (draft.Pipeline is { } pipeline && rule.Pipelines.Contains(pipeline)))
        && (rule.Stages.Count == 0 || (draft.Stage is { } stage && rule.Stages.Contains(stage)))
        && (rule.Environments.Count == 0 || draft.Environments.Any(rule.Environments.Contains));
}
