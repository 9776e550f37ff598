using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Identity;

/// <summary>A role in the whole project, or in one environment of it. Written <c>operator</c> or <c>operator@prod</c>.</summary>
/// <param name="Environment">Null means the project, with all its environments.</param>
public sealed record RoleGrant(Role Role, string? Environment = null)
{
    /// <param name="environment">Where it is needed; null means in the whole project.</param>
    public bool Covers(Role needed, string? environment) => (Environment is null || Environment == environment) && Role.Includes(needed);

    /// <exception cref="FairleadException">Invalid.</exception>
    public static RoleGrant Parse(string? text)
    {
        text ??= "";
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var word = at < 0 ? text : text[..at];
        var environment = at < 0 ? null : text[(at + 1)..];
        foreach (var role in Enum.GetValues<Role>())
        {
            if (role.Word() == word && (environment is null || IdentityNames.IsName(environment)))
                return new RoleGrant(role, environment);
        }

        var known = Enum.GetValues<Role>().Select(role => role.Word()).ToList();
        throw FairleadException.Invalid($"'{AuditText.Clean(text, IdentityNames.Longest)}' is not a role ({NearestName.Hint(word, known)}); write a role, or a role and an environment such as 'judge@prod'.");
    }

    public override string ToString() => Environment is null ? Role.Word() : $"{Role.Word()}@{Environment}";
}
