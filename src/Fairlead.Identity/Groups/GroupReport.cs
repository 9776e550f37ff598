using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Groups;

/// <summary>A group with who is in it.</summary>
/// <param name="Members">Names of users that were not revoked, in order.</param>
public sealed record GroupReport(string Name, IReadOnlyList<RoleGrant> Grants, IReadOnlyList<string> Members);
