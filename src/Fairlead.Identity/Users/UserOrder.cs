using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Users;

/// <summary>A user as an admin wants one.</summary>
public sealed record UserOrder
{
    public required string Name { get; init; }

    /// <summary>Roles such as <c>operator</c> and <c>judge@prod</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>E-mail addresses under which the user writes commits.</summary>
    public IReadOnlyList<string> Emails { get => field ?? []; init; }

    /// <summary>After how many days the first token is not taken any more; null for never.</summary>
    public int? ExpiresInDays { get; init; }

    /// <exception cref="Domain.Problems.FairleadException">Invalid.</exception>
    public IReadOnlyList<RoleGrant> ToGrants() => [.. (Roles ?? []).Select(RoleGrant.Parse).Distinct()];

    /// <exception cref="Domain.Problems.FairleadException">Invalid.</exception>
    public IReadOnlyList<string> ToEmails() => [.. Emails.Select(EmailAddress.Require).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <exception cref="Domain.Problems.FairleadException">Invalid.</exception>
    public IReadOnlyList<string> ToGroups() => [.. (Groups ?? []).Select(group => IdentityNames.Require(group, "group")).Distinct(StringComparer.Ordinal)];
}
