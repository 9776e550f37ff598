using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Judgments;

/// <summary>Judgments as they are recorded: signals of a stage.</summary>
internal static class JudgmentVotes
{
    public const string Choice = "choice";
    public const string Comment = "comment";
    public const string Roles = "roles";
    public const string Groups = "groups";
    public const string Emails = "emails";
    private const string Via = "via";
    private const string LinkMember = "link";
    private const string AttemptMember = "attempt";

    /// <param name="roles">Which the judge has where the judgment is about.</param>
    /// <param name="emails">Under which the judge writes commits.</param>
    /// <param name="via">By what way it comes.</param>
    public static JsonElement Write(JudgmentAnswer answer, IReadOnlyList<string> roles, IReadOnlyList<string> groups, IReadOnlyList<string> emails, string via) => StageData.Object(
        (Choice, answer.Choice), (Comment, answer.Comment), (Roles, roles), (Groups, groups), (Emails, emails.Count == 0 ? null : emails), (Via, via), (AttemptMember, answer.Attempt), (LinkMember, answer.Link));

    /// <summary>What every person said in all attempts, oldest first; the newest of each in the present attempt counts.</summary>
    public static IReadOnlyList<JudgmentVote> All(StageState state)
    {
        var signals = state.Signals.Where(signal => signal.Name == JudgmentStage.Signal).ToList();
        var last = signals.Where(signal => signal.At >= state.AttemptStartedAt).GroupBy(signal => signal.By, StringComparer.Ordinal).Select(group => group.Last()).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. signals.Select(signal => new JudgmentVote(signal.By, signal.At, Member(signal.Data, Choice), Optional(signal.Data, Comment), Optional(signal.Data, Via), last.Contains(signal)))];
    }

    public static string? Link(JsonElement data) => Optional(data, LinkMember);

    public static int? Attempt(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(AttemptMember, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    public static IReadOnlyList<string> Texts(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];

    public static string Member(JsonElement data, string name) => Optional(data, name) ?? "";

    private static string? Optional(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
