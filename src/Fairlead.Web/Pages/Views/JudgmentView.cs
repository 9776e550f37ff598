using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;

namespace Fairlead.Web.Pages.Views;

/// <summary>A judgment: the question, the evidence, what was said, and a form for who may judge.</summary>
public sealed record JudgmentView
{
    public required string Title { get; init; }

    public required string Question { get; init; }

    public required StatusView State { get; init; }

    public required int Execution { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    public required IReadOnlyList<EvidenceView> Evidence { get; init; }

    /// <summary>Inputs and answers of the predictions in the evidence; none for who may not see them.</summary>
    public IReadOnlyList<SampleRow> Samples { get; init; } = [];

    public required IReadOnlyList<JudgmentVoteRow> Votes { get; init; }

    /// <summary>Null for who may not judge.</summary>
    public JudgmentForm? Form { get; init; }

    /// <summary>Why there is no form; null when there is one, or nobody is asked any more.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was wrong with what was sent.</summary>
    public string? Problem { get; init; }

    /// <summary>What was decided, or why it failed.</summary>
    public string? Decision { get; init; }

    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 200;

    public static JudgmentView Of(JudgmentQuestion question, DateTimeOffset now) => new()
    {
        Title = $"Judgment {question.Stage} of execution {question.Execution}",
        Question = question.Question,
        State = new StatusView(question.IsOpen ? "waits for people" : question.Status.ToString().ToLowerInvariant(), question.Status switch
        {
            StageStatus.Succeeded => StatusView.Good,
            StageStatus.Failed => StatusView.Bad,
            StageStatus.Judging or StageStatus.Running => StatusView.Busy,
            _ => StatusView.Quiet,
        }),
        Execution = question.Execution,
        Facts = FactsOf(question),
        Evidence = [.. question.Evidence.Select(EvidenceView.Of)],
        Votes = [.. question.Votes.Select(vote => JudgmentVoteRow.Of(vote, now))],
        Decision = question.Decision,
    };

    private static IReadOnlyList<FactView> FactsOf(JudgmentQuestion question)
    {
        var facts = new List<FactView> { new("Pipeline", $"{question.Pipeline}, execution {question.Execution}", PagePaths.Execution(question.Execution)) };
        if (question.Release is { } release)
            facts.Add(new FactView("Release", release, PagePaths.Release(release)));
        if (question.Environment is { } environment)
            facts.Add(new FactView("Environment", environment));
        facts.Add(new FactView("Judges", question.Judges.Count == 0 ? "everybody with the role of a judge" : string.Join(", ", question.Judges)));
        facts.Add(new FactView("Needed", question.Needed == 1 ? "one judgment" : $"{question.Needed} people who choose the same"));
        if (question.AskedAt is { } asked)
            facts.Add(new FactView("Asked", Moment(asked)));
        if (question.EscalatesAt is { } escalates)
            facts.Add(new FactView(question.IsEscalated ? "Further judges were asked" : "Further judges are asked", Moment(escalates)));
        if (question.Deadline is { } deadline)
            facts.Add(new FactView("Until", Moment(deadline)));
        return facts;
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
