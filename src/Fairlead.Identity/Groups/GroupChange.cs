namespace Fairlead.Identity.Groups;

/// <summary>What is to become of a group's roles; what is null stays.</summary>
public sealed record GroupChange
{
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Given besides.</summary>
    public IReadOnlyList<string> AddRoles { get => field ?? []; init; }

    /// <summary>Taken away.</summary>
    public IReadOnlyList<string> RemoveRoles { get => field ?? []; init; }
}
