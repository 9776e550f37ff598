namespace Fairlead.Domain.Identity;

/// <summary>Who calls, with what they may do.</summary>
public sealed record Principal
{
    public static readonly Principal Anonymous = new() { Name = "anonymous", Kind = PrincipalKind.Anonymous };

    /// <summary>A user's name; under <see cref="PrincipalKind.Open"/> whatever the caller claims.</summary>
    public required string Name { get; init; }

    public required PrincipalKind Kind { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Under which a user writes commits.</summary>
    public IReadOnlyList<string> Emails { get => field ?? []; init; }

    public IReadOnlyList<RoleGrant> Grants { get; init; } = [];

    /// <summary>The public part of the token that proved it.</summary>
    public string? TokenId { get; init; }

    /// <param name="environment">Where; null means in the whole project, for which a role in one environment is not enough.</param>
    public bool Has(Role role, string? environment) => Kind == PrincipalKind.Open || Grants.Any(grant => grant.Covers(role, environment));

    /// <summary>In the project or in whatever environment.</summary>
    public bool HasSomewhere(Role role) => Kind == PrincipalKind.Open || Grants.Any(grant => grant.Role.Includes(role));

    public bool IsIn(string group) => Groups.Contains(group, StringComparer.Ordinal);
}
