namespace Fairlead.Domain.Identity;

/// <summary>What everybody in a group may do. A group that has no roles is a mere name, by which judges can be named.</summary>
public sealed record Group(string Name, IReadOnlyList<RoleGrant> Grants, DateTimeOffset ChangedAt, string ChangedBy);
