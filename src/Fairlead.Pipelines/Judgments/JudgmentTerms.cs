using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Judgments;

/// <summary>What a judgment's stage and its environment say, as it stands now.</summary>
internal sealed class JudgmentTerms(StageProgress progress)
{
    private static readonly IReadOnlyList<string> DefaultChoices = ["approve"];
    private readonly StageProgress progress = progress;
    private readonly ActivityRecord? evidence = progress.State.Find(EvidenceActivity.KindName);

    public SettingValues Settings => progress.Settings;

    public string Question => Settings.Required("question");

    public string? Environment => Settings.Text("environment");

    public string? Release => progress.Earlier("release");

    public int Needed => Settings.Number("votes", 1);

    public bool NeedsComment => Settings.Text("comment") == "required";

    /// <summary>With the one that every judgment has.</summary>
    public IReadOnlyList<string> Choices => [.. Settings.Texts("choices") is { Count: > 0 } given ? given : DefaultChoices, JudgmentWords.Reject];

    public DateTimeOffset? Deadline => evidence?.FinishedAt + Settings.Duration("deadline");

    public DateTimeOffset? EscalatesAt => evidence?.FinishedAt + Settings.Duration("escalate-after");

    public bool IsEscalated => progress.Now >= EscalatesAt;

    /// <summary>Those that count.</summary>
    public IReadOnlyList<JudgmentVote> Votes => [.. JudgmentVotes.All(progress.State).Where(vote => vote.Counts)];

    private JudgmentRule? Rule => Environment is { } environment ? progress.Plan.JudgmentRules.GetValueOrDefault(environment) : null;

    private IReadOnlyList<string> OfStage => Settings.Texts("judges") is { Count: > 0 } named ? [.. named, .. IsEscalated ? Settings.Texts("escalate-to") : []] : [];

    private IReadOnlyList<string> OfEnvironment => Rule?.Judges ?? [];

    /// <summary>Why somebody may not judge; a sentence, or null.</summary>
    /// <param name="emails">Under which the judge writes commits.</param>
    public string? RefusalOf(string by, IReadOnlyList<string> roles, IReadOnlyList<string> groups, IReadOnlyList<string> emails)
    {
        var stage = progress.Definition.Name;
        if (!JudgmentWords.Mean(OfStage, by, roles, groups))
            return $"'{by}' may not judge stage '{stage}'; it is for {string.Join(", ", OfStage)}.";
        if (!JudgmentWords.Mean(OfEnvironment, by, roles, groups))
            return $"'{by}' may not judge stage '{stage}'; judgments about '{Environment}' are for {string.Join(", ", OfEnvironment)}.";
        if (Settings.Text("own-release") != "refuse" && Rule is not { OwnRelease: false })
            return null;
        // Users have names, and the authors of commits have addresses.
        return Makers().SelectMany(maker => new[] { maker, EmailAddress.In(maker) }).Any(maker => maker is not null && emails.Append(by).Contains(maker, StringComparer.OrdinalIgnoreCase))
            ? $"'{by}' made the release, wrote some of it or began this execution, and may not judge stage '{stage}'; ask somebody else."
            : null;
    }

    public JudgmentQuestion Describe() => new()
    {
        Execution = progress.Number,
        Pipeline = progress.Plan.Pipeline,
        Stage = progress.Definition.Name,
        Attempt = progress.State.Attempt,
        Status = progress.State.Status,
        Question = Question,
        Environment = Environment,
        Release = Release,
        Choices = Choices,
        NeedsComment = NeedsComment,
        Judges = [.. OfStage.Count == 0 ? OfEnvironment : OfEnvironment.Count == 0 ? OfStage : [.. OfStage, .. OfEnvironment.Select(word => $"also {word}")]],
        Needed = Needed,
        Votes = JudgmentVotes.All(progress.State),
        AskedAt = evidence?.FinishedAt,
        Deadline = Deadline,
        EscalatesAt = EscalatesAt,
        IsEscalated = IsEscalated,
        Evidence = EvidenceActivity.Sections(evidence?.Output),
        Decision = progress.State.Status == StageStatus.Succeeded ? JudgmentVotes.Member(progress.State.Output ?? default, "decision") : progress.State.Error,
    };

    /// <summary>Everybody whose work it is, as far as it is known.</summary>
    private IEnumerable<string> Makers()
    {
        string?[] named = [progress.Plan.Cause.By, progress.Plan.Cause.Author, progress.Earlier("created-by")];
        return named.OfType<string>().Concat(EvidenceActivity.Authors(evidence?.Output));
    }
}
