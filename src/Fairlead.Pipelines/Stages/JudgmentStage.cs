using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Judgments;

namespace Fairlead.Pipelines.Stages;

/// <summary>Collects what judges should see, asks them, and counts: the newest judgment of each person, until enough chose the same or one rejected.</summary>
internal sealed class JudgmentStage : IStage
{
    public const string Signal = "judgment";
    public const string KindName = "judgment";

    public StageSchema Schema { get; } = StageSchemas.Find(KindName)!;

    public StageStep Next(StageProgress progress)
    {
        var terms = new JudgmentTerms(progress);
        if (progress.State.Find(EvidenceActivity.KindName) is not { } evidence)
            return Collect(progress, terms);
        if (Decide(terms) is { } decided)
            return decided;
        if (progress.State.Find("ask") is null)
            return Tell(progress, terms, "ask", "Judgment wanted", terms.Settings.Texts("judges"));
        if (progress.Now >= terms.Deadline)
            return AtDeadline(terms);
        if (terms.IsEscalated && progress.State.Find("escalate") is null)
            return Tell(progress, terms, "escalate", "Judgment still wanted", terms.Settings.Texts("escalate-to"));
        DateTimeOffset?[] times = [terms.Deadline, terms.IsEscalated ? null : terms.EscalatesAt];
        return StageStep.Judge(times.Where(time => time is not null).Min(), $"{terms.Votes.Count} of {terms.Needed} judged: {terms.Question}");
    }

    public string? Refuse(StageProgress progress, string signal, string by, JsonElement data)
    {
        var stage = progress.Definition.Name;
        if (signal != Signal)
            return $"The stage '{stage}' waits for no {signal}.";
        if (JudgmentVotes.Link(data) is { } link && progress.State.Signals.Any(earlier => JudgmentVotes.Link(earlier.Data) == link))
            return $"This link was used; it is for one judgment. Sign in at the page of execution {progress.Number} to judge again.";
        if (progress.State.Status != StageStatus.Judging)
            return $"The stage '{stage}' is {progress.State.Status.ToString().ToLowerInvariant()}; it can be judged when it asks for it.";
        if (by.Length == 0)
            return $"A judgment of stage '{stage}' needs the name of who gives it.";
        var terms = new JudgmentTerms(progress);
        var choice = JudgmentVotes.Member(data, JudgmentVotes.Choice);
        if (!terms.Choices.Contains(choice))
            return $"'{choice}' cannot be chosen in stage '{stage}'; choose one of {string.Join(", ", terms.Choices)}.";
        if (JudgmentVotes.Attempt(data) is { } attempt && attempt != progress.State.Attempt)
            return $"Stage '{stage}' was begun again since you looked at it; look at the evidence of attempt {progress.State.Attempt}, then judge.";
        if (terms.NeedsComment && string.IsNullOrWhiteSpace(JudgmentVotes.Member(data, JudgmentVotes.Comment)))
            return $"A judgment of stage '{stage}' needs a comment that says why.";
        return terms.RefusalOf(by, JudgmentVotes.Texts(data, JudgmentVotes.Roles), JudgmentVotes.Texts(data, JudgmentVotes.Groups), JudgmentVotes.Texts(data, JudgmentVotes.Emails));
    }

    private static StageStep Collect(StageProgress progress, JudgmentTerms terms) => StageStep.Run(EvidenceActivity.KindName, EvidenceActivity.KindName, StageData.Object(
        ("environment", terms.Environment),
        ("release", terms.Release),
        ("stages", StageData.Of(progress.Plan, progress.Execution).GetProperty("stages"))));

    private static StageStep? Decide(JudgmentTerms terms)
    {
        if (terms.Votes.FirstOrDefault(vote => vote.Choice == JudgmentWords.Reject) is { } rejected)
            return StageStep.Fail($"Rejected by '{rejected.By}'{(rejected.Comment is { Length: > 0 } comment ? $": {comment}" : ".")}");
        var chosen = terms.Votes.GroupBy(vote => vote.Choice, StringComparer.Ordinal).FirstOrDefault(group => group.Count() >= terms.Needed);
        return chosen is null ? null : StageStep.Succeed(StageData.Object(("decision", chosen.Key), ("judges", chosen.Select(vote => vote.By))));
    }

    private static StageStep AtDeadline(JudgmentTerms terms)
    {
        var late = $"Nobody judged '{terms.Question}' within {terms.Settings.Text("deadline")}, or too few did ({terms.Votes.Count} of {terms.Needed}).";
        return terms.Settings.Text("at-deadline") is { } choice && choice != "fail"
            ? terms.Choices.Contains(choice)
                ? choice == JudgmentWords.Reject ? StageStep.Fail(late) : StageStep.Succeed(StageData.Object(("decision", choice), ("judges", Array.Empty<string>())))
                : StageStep.Fail($"{late} '{choice}', which was to count then, is none of its choices.")
            : StageStep.Fail(late);
    }

    private static StageStep Tell(StageProgress progress, JudgmentTerms terms, string name, string beginning, IReadOnlyList<string> judges) => StageStep.Run(
        name,
        NotifyActivity.KindName,
        StageData.Object(
            ("message", $"{beginning}: {terms.Question}{(judges.Count > 0 ? $" (for {string.Join(", ", judges)})" : "")}"),
            ("judges", judges),
            ("judgment", StageData.Object(("attempt", progress.State.Attempt), ("environment", terms.Environment), ("escalated", name == "escalate"))),
            ("mayFail", true)));
}
