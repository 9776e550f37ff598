namespace Fairlead.Domain.Identity;

/// <summary>The seam to what a user may do now.</summary>
public interface IPrincipalReader
{
    /// <summary>The user with the roles of its own and of its groups; null when there is none of that name, or it was revoked.</summary>
    Task<Principal?> FindAsync(string user, CancellationToken cancellationToken);
}
