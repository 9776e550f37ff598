namespace Fairlead.Domain.Identity;

/// <summary>One action of somebody, as it goes through the rooms.</summary>
public sealed class ActingScope(Principal principal, string via)
{
    private volatile string name = principal.Name;
    private volatile string? problem;

    public Principal Principal => principal;

    public string Via => via;

    /// <summary>Who is recorded.</summary>
    public string Name => name;

    /// <summary>The number of the entry of the audit log with which the action began.</summary>
    public long? Cause { get; set; }

    /// <summary>Why it failed, when its transport could not say so by a status.</summary>
    public string? Problem => problem;

    /// <summary>Takes the name that a caller gives itself, where there are no users who could be known.</summary>
    public void Claim(string claimed)
    {
        if (principal.Kind == PrincipalKind.Open)
            name = claimed;
    }

    public void Fail(string reason) => problem = reason;
}
