namespace Fairlead.Domain.Identity;

/// <summary>Somebody, or a program, that may call the control plane.</summary>
public sealed record User
{
    /// <summary>Unique without regard to case.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<RoleGrant> Grants { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Under which the user writes commits; each is one user's, without regard to case.</summary>
    public IReadOnlyList<string> Emails { get => field ?? []; init; }

    /// <summary>Who the user is in chats: <c>irc:ACCOUNT</c>, <c>slack:TEAM/USER</c>.</summary>
    public IReadOnlyList<string> Links { get => field ?? []; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Since when none of the user's tokens is taken.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public bool IsAdmin => RevokedAt is null && Grants.Any(grant => grant.Covers(Role.Admin, environment: null));
}
