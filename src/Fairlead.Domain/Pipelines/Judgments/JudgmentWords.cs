namespace Fairlead.Domain.Pipelines.Judgments;

/// <summary>How it is written who may judge: the name of a person, <c>role:NAME</c> or <c>group:NAME</c>.</summary>
public static class JudgmentWords
{
    public const string Reject = "reject";
    public const string RolePrefix = "role:";
    public const string GroupPrefix = "group:";

    /// <summary>True when somebody is meant by one of the words, or there are none.</summary>
    /// <param name="roles">What the person has where the judgment is about.</param>
    public static bool Mean(IReadOnlyCollection<string> words, string name, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> groups) =>
        words.Count == 0 || words.Any(word =>
            word.StartsWith(RolePrefix, StringComparison.Ordinal) ? roles.Contains(word[RolePrefix.Length..]) || groups.Contains(word[RolePrefix.Length..])
            : word.StartsWith(GroupPrefix, StringComparison.Ordinal) ? groups.Contains(word[GroupPrefix.Length..])
            : word == name);
}
