using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Identity;

/// <summary>The seam to users and their tokens. Every change is entered into the audit log in its own transaction.</summary>
public interface IUserCatalog
{
    /// <summary>True once there was a user, for ever.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Adds a user with a first token.</summary>
    /// <param name="mustBeFirst">Refuse when there are users already.</param>
    /// <exception cref="FairleadException">Conflict: the name is taken, in whatever case, or somebody else was first.</exception>
    Task AddAsync(User user, UserToken token, bool mustBeFirst, CancellationToken cancellationToken);

    /// <summary>Replaces a user by what the function makes of it, in one transaction.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict when no admin would be left.</exception>
    Task<User> UpdateAsync(string name, Func<User, User> change, CancellationToken cancellationToken);

    /// <summary>By name, without regard to case.</summary>
    Task<User?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>By name.</summary>
    Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken);

    /// <exception cref="FairleadException">NotFound when there is no such user.</exception>
    Task AddTokenAsync(UserToken token, CancellationToken cancellationToken);

    Task<UserToken?> FindTokenAsync(string id, CancellationToken cancellationToken);

    /// <summary>The tokens of a user, or of all, newest first.</summary>
    Task<IReadOnlyList<UserToken>> ListTokensAsync(string? user, CancellationToken cancellationToken);

    /// <summary>Ends a token of a user, or all of them; what is ended stays so.</summary>
    /// <returns>How many were ended.</returns>
    Task<int> RevokeTokensAsync(string user, string? id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notes that a token was used. Not in the audit log.</summary>
    Task TouchTokenAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);
}
