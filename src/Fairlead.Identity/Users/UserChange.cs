namespace Fairlead.Identity.Users;

/// <summary>What is to become of a user; what is null stays.</summary>
public sealed record UserChange
{
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Given besides.</summary>
    public IReadOnlyList<string> AddRoles { get; init; } = [];

    /// <summary>Taken away.</summary>
    public IReadOnlyList<string> RemoveRoles { get; init; } = [];

    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>E-mail addresses under which the user writes commits: these and no others.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>Who the user is in chats, besides.</summary>
    public IReadOnlyList<string> AddLinks { get; init; } = [];

    /// <summary>Who the user is not in chats any more.</summary>
    public IReadOnlyList<string> RemoveLinks { get; init; } = [];
}
