using Fairlead.Domain.Identity;

namespace Fairlead.Web.Security;

/// <summary>Who may call an endpoint, and as what it is entered into the audit log.</summary>
/// <param name="Action">Null when it changes nothing that anybody would ask about later.</param>
/// <param name="TakesMachine">Programs with the secret of the host may call it as well, such as those that post outcomes.</param>
internal sealed record AccessRule(AccessScope Scope, Role Role, string? Action = null, bool TakesMachine = false)
{
    /// <param name="environment">The one that is asked for; null for none, or for what can be the name of none.</param>
    public bool Allows(Principal principal, string? environment) => Scope switch
    {
        AccessScope.SignedIn => true,
        AccessScope.Somewhere => principal.HasSomewhere(Role),
        AccessScope.Environment => principal.Has(Role, environment),
        _ => principal.Has(Role, environment: null),
    };

    /// <summary>Why it is not allowed, and how it could be; one sentence.</summary>
    public string RefusalOf(Principal principal, string? environment)
    {
        var of = Scope == AccessScope.Environment ? environment : null;
        var where = of is null ? "in the project" : $"in the environment '{of}'";
        var grants = principal.Grants.Count == 0 ? "none" : $"'{string.Join("', '", principal.Grants)}'";
        return $"This needs the role '{Role.Word()}' {where}, and '{principal.Name}' has {grants}; ask an admin for it: fairlead user set {principal.Name} --add-role {new RoleGrant(Role, of)}.";
    }
}
