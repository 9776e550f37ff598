namespace Fairlead.Domain.Identity;

/// <summary>Which role includes which.</summary>
public static class Roles
{
    /// <summary>True when who holds the one may do what the other may.</summary>
    public static bool Includes(this Role held, Role needed) =>
        held == needed || held == Role.Admin || needed == Role.Viewer || (held == Role.Operator && needed == Role.Developer);

    /// <summary>The name as it is written everywhere: <c>viewer</c>, <c>operator</c>.</summary>
    public static string Word(this Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Developer => "developer",
        Role.Operator => "operator",
        Role.Judge => "judge",
        Role.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "unknown role"),
    };
}
