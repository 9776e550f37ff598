using System.Text.Json;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Notices.Following;

/// <summary>What there is to tell of an execution, from what was told before and how it stands: however many steps lie between, nothing that lasts is missed.</summary>
internal static class ExecutionChanges
{
    private const string Judgment = "judgment";

    public static Followed Since(ExecutionMark? mark, Execution execution)
    {
        var (told, state) = (mark ?? new ExecutionMark(), execution.State);
        var drafts = new List<NoticeDraft>();
        if (!told.IsStarted && state.StartedAt is { } started)
            drafts.Add(Started(execution, started));
        var ended = execution.Plan.Stages.Select(stage => state.Find(stage.Name)).OfType<StageState>()
            .Where(stage => stage is { IsSettled: true, FinishedAt: not null } && told.Stages.GetValueOrDefault(stage.Name) != stage.FinishedAt).OrderBy(stage => stage.FinishedAt).ToList();
        foreach (var stage in ended)
            drafts.AddRange(Ended(execution, stage));
        if (execution.Stalled is { } stalled && stalled != told.Stalled)
            drafts.Add(Stuck(execution, stalled));
        if (state is { IsEnded: true, FinishedAt: { } finished } && told.FinishedAt != finished)
            drafts.Add(Finished(execution, finished));
        var stages = new Dictionary<string, DateTimeOffset>(told.Stages, StringComparer.Ordinal);
        foreach (var stage in ended)
            stages[stage.Name] = stage.FinishedAt!.Value;
        var next = new ExecutionMark
        {
            IsStarted = told.IsStarted || state.StartedAt is not null,
            FinishedAt = state.IsEnded ? state.FinishedAt : told.FinishedAt,
            Stalled = execution.Stalled,
            Stages = stages,
        };
        return new Followed(drafts, JsonSerializer.Serialize(next, FollowingJson.Default.ExecutionMark));
    }

    private static NoticeDraft Started(Execution execution, DateTimeOffset at) => Draft(execution, NoticeEvents.ExecutionStarted, "started", at) with
    {
        Title = $"{Name(execution)} began",
        Fields = Fields(execution, $"Begun by {execution.Plan.Cause.By} ({execution.Plan.Cause.Kind}){Detail(execution.Plan.Cause.Detail)}"),
    };

    private static NoticeDraft Finished(Execution execution, DateTimeOffset at)
    {
        var (word, verb) = execution.State.Status switch
        {
            ExecutionStatus.Succeeded => (NoticeEvents.ExecutionSucceeded, "succeeded"),
            ExecutionStatus.Cancelled => (NoticeEvents.ExecutionCancelled, "was cancelled"),
            _ => (NoticeEvents.ExecutionFailed, "failed"),
        };
        return Draft(execution, word, $"ended/{at.ToUnixTimeMilliseconds()}", at) with
        {
            Title = $"{Name(execution)} {verb}",
            Fields = Fields(execution, execution.State.Reason ?? $"Begun by {execution.Plan.Cause.By} ({execution.Plan.Cause.Kind})."),
        };
    }

    private static NoticeDraft Stuck(Execution execution, string stalled) => Draft(execution, NoticeEvents.ExecutionStuck, $"stuck/{stalled}/{execution.State.At.ToUnixTimeMilliseconds()}", execution.State.At) with
    {
        Title = $"{Name(execution)} is stuck",
        Fields = Fields(execution, $"The activity '{stalled}' gives no sign of life; see 'fairlead pipeline show {execution.Number}'."),
    };

    private static IEnumerable<NoticeDraft> Ended(Execution execution, StageState stage)
    {
        var votes = stage.Signals.Where(signal => signal.Name == Judgment).GroupBy(signal => signal.By, StringComparer.Ordinal).Select(group => group.Last()).ToList();
        var key = $"{stage.Name}/{stage.FinishedAt!.Value.ToUnixTimeMilliseconds()}";
        if (votes.Count > 0 && stage.Status is StageStatus.Succeeded or StageStatus.Failed)
        {
            yield return Of(execution, stage, NoticeEvents.JudgmentDecided, $"decided/{key}") with
            {
                Title = $"{Name(execution)}: '{stage.Name}' is judged",
                Fields = Fields(
                    execution,
                    string.Join("; ", votes.Select(vote => $"{vote.By}: {Member(vote.Data, "choice")}{Detail(Member(vote.Data, "comment"))}")),
                    (NoticeFields.Stage, stage.Name),
                    (NoticeFields.Environment, EnvironmentOf(execution, stage.Name) ?? ""),
                    (NoticeFields.Choice, Member(votes[^1].Data, "choice")),
                    (NoticeFields.Comment, Member(votes[^1].Data, "comment")),
                    (NoticeFields.By, votes[^1].By)),
            };
        }

        if (stage.Status == StageStatus.Failed)
        {
            yield return Of(execution, stage, NoticeEvents.StageFailed, $"failed/{key}") with
            {
                Title = $"{Name(execution)}: '{stage.Name}' failed",
                Fields = Fields(
                    execution,
                    stage.Error ?? "It says no reason.",
                    (NoticeFields.Stage, stage.Name),
                    (NoticeFields.Environment, EnvironmentOf(execution, stage.Name) ?? ""),
                    (NoticeFields.Reason, stage.Error ?? "")),
            };
        }
    }

    private static NoticeDraft Of(Execution execution, StageState stage, string word, string key) => Draft(execution, word, key, stage.FinishedAt!.Value) with
    {
        Stage = stage.Name,
        Environments = EnvironmentOf(execution, stage.Name) is { } environment ? [environment] : [],
    };

    private static NoticeDraft Draft(Execution execution, string word, string key, DateTimeOffset at) => new()
    {
        Key = $"execution/{execution.Number}/{key}",
        Event = word,
        Subject = $"execution/{execution.Number}",
        At = at,
        Title = "",
        Fields = new Dictionary<string, string>(),
        Pipeline = execution.Plan.Pipeline,
        Environments = [.. execution.Plan.Stages.Select(stage => EnvironmentOf(execution, stage.Name)).OfType<string>().Distinct(StringComparer.Ordinal)],
        Path = $"/executions/{execution.Number}",
    };

    private static Dictionary<string, string> Fields(Execution execution, string message, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NoticeFields.Message] = message,
            [NoticeFields.Pipeline] = execution.Plan.Pipeline,
            [NoticeFields.Execution] = execution.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [NoticeFields.Status] = JsonNamingPolicy.CamelCase.ConvertName(execution.State.Status.ToString()),
            [NoticeFields.Reason] = execution.State.Reason ?? "",
            [NoticeFields.By] = execution.Plan.Cause.By,
        };
        foreach (var (name, value) in more)
            fields[name] = value;
        return fields;
    }

    /// <summary>As the stage names it; what is filled in later is not known here.</summary>
    private static string? EnvironmentOf(Execution execution, string stage) =>
        execution.Plan.Stages.FirstOrDefault(known => known.Name == stage)?.Settings is { ValueKind: JsonValueKind.Object } settings
        && Member(settings, NoticeFields.Environment) is { Length: > 0 } environment && !environment.Contains("${{", StringComparison.Ordinal) ? environment : null;

    private static string Name(Execution execution) => $"{execution.Plan.Pipeline} {execution.Number}";

    private static string Detail(string? text) => string.IsNullOrWhiteSpace(text) ? "" : $" - {text}";

    private static string Member(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
