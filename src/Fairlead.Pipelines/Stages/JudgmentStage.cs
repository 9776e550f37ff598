using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Pipelines.Stages;

/// <summary>Collects what judges should see, asks them, and counts: the newest judgment of each person, until enough chose the same or one rejected.</summary>
internal sealed class JudgmentStage : IStage
{
    public const string Signal = "judgment";
    public const string Reject = "reject";
    private const string RolePrefix = "role:";
    private static readonly IReadOnlyList<string> DefaultChoices = ["approve"];

    public StageSchema Schema { get; } = StageSchemas.Find("judgment")!;

    public StageStep Next(StageProgress progress)
    {
        var settings = progress.Settings;
        if (progress.State.Find("evidence") is not { } evidence)
            return StageStep.Run("evidence", EvidenceActivity.KindName, StageData.Object(("environment", settings.Text("environment")), ("stages", StageData.Of(progress.Plan, progress.Execution).GetProperty("stages"))));
        var votes = progress.Signals(Signal).GroupBy(signal => signal.By, StringComparer.Ordinal).Select(group => group.Last()).ToList();
        if (Decide(settings, votes) is { } decided)
            return decided;
        if (progress.State.Find("ask") is null)
            return Tell(progress, "ask", "Judgment wanted", settings.Texts("judges"));
        if (settings.Duration("deadline") is { } deadline && progress.Now >= evidence.FinishedAt + deadline)
            return StageStep.Fail($"Nobody judged '{settings.Required("question")}' within {settings.Text("deadline")}, or too few did ({votes.Count} of {settings.Number("votes", 1)}).");
        if (IsEscalated(progress) && progress.State.Find("escalate") is null)
            return Tell(progress, "escalate", "Judgment still wanted", settings.Texts("escalate-to"));
        DateTimeOffset?[] times = [evidence.FinishedAt + settings.Duration("deadline"), IsEscalated(progress) ? null : EscalatesAt(progress)];
        return StageStep.Judge(times.Where(time => time is not null).Min(), $"{votes.Count} of {settings.Number("votes", 1)} judged: {settings.Required("question")}");
    }

    public string? Refuse(StageProgress progress, string signal, string by, JsonElement data)
    {
        var stage = progress.Definition.Name;
        if (signal != Signal)
            return $"The stage '{stage}' waits for no {signal}.";
        if (progress.State.Status != StageStatus.Judging)
            return $"The stage '{stage}' is {progress.State.Status.ToString().ToLowerInvariant()}; it can be judged when it asks for it.";
        if (by.Length == 0)
            return $"A judgment of stage '{stage}' needs the name of who gives it.";
        var settings = progress.Settings;
        var choice = Member(data, "choice");
        if (!Choices(settings).Append(Reject).Contains(choice))
            return $"'{choice}' cannot be chosen in stage '{stage}'; choose one of {string.Join(", ", Choices(settings).Append(Reject))}.";
        if (settings.Text("comment") == "required" && string.IsNullOrWhiteSpace(Member(data, "comment")))
            return $"A judgment of stage '{stage}' needs a comment that says why.";
        IReadOnlyList<string> allowed = [.. settings.Texts("judges"), .. IsEscalated(progress) ? settings.Texts("escalate-to") : []];
        if (settings.Texts("judges").Count > 0 && !allowed.Contains(by) && !Roles(data).Any(role => allowed.Contains(RolePrefix + role)))
            return $"'{by}' may not judge stage '{stage}'; it is for {string.Join(", ", allowed)}.";
        return settings.Text("own-release") == "refuse" && (by == progress.Plan.Cause.By || by == progress.Earlier("created-by"))
            ? $"'{by}' made the release or began this execution and may not judge stage '{stage}'; ask somebody else."
            : null;
    }

    private static StageStep? Decide(SettingValues settings, List<StageSignal> votes)
    {
        if (votes.FirstOrDefault(vote => Member(vote.Data, "choice") == Reject) is { } rejected)
            return StageStep.Fail($"Rejected by '{rejected.By}'{(Member(rejected.Data, "comment") is { Length: > 0 } comment ? $": {comment}" : ".")}");
        var chosen = votes.GroupBy(vote => Member(vote.Data, "choice"), StringComparer.Ordinal).FirstOrDefault(group => group.Count() >= settings.Number("votes", 1));
        return chosen is null ? null : StageStep.Succeed(StageData.Object(("decision", chosen.Key), ("judges", chosen.Select(vote => vote.By))));
    }

    private static StageStep Tell(StageProgress progress, string name, string beginning, IReadOnlyList<string> judges) => StageStep.Run(
        name,
        NotifyActivity.KindName,
        StageData.Object(
            ("message", $"{beginning}: {progress.Settings.Required("question")}{(judges.Count > 0 ? $" (for {string.Join(", ", judges)})" : "")}"),
            ("judges", judges),
            ("mayFail", true)));

    private static DateTimeOffset? EscalatesAt(StageProgress progress) => progress.State.Find("evidence")?.FinishedAt + progress.Settings.Duration("escalate-after");

    private static bool IsEscalated(StageProgress progress) => progress.Now >= EscalatesAt(progress);

    private static IReadOnlyList<string> Choices(SettingValues settings) => settings.Texts("choices") is { Count: > 0 } given ? given : DefaultChoices;

    private static IEnumerable<string> Roles(JsonElement data) =>
        data.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array ? roles.EnumerateArray().Select(role => role.ToString()) : [];

    private static string Member(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
