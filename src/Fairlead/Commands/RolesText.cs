using Fairlead.Domain.Identity;

namespace Fairlead.Commands;

/// <summary>Roles for people.</summary>
internal static class RolesText
{
    public static string Of(IReadOnlyList<RoleGrant> grants) => grants.Count == 0 ? "no role" : string.Join(", ", grants);

    /// <summary>Adds the environment to roles that name none.</summary>
    public static IReadOnlyList<string> In(IReadOnlyList<string> roles, string? environment) =>
        environment is null ? roles : [.. roles.Select(role => role.Contains('@') ? role : $"{role}@{environment}")];
}
