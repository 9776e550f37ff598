namespace Fairlead.Identity.Users;

/// <summary>What is to become of a user; what is null stays.</summary>
public sealed record UserChange
{
    public IReadOnlyList<string>? Roles { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }
}
