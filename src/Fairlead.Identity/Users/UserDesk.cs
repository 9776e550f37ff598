using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Tokens;

namespace Fairlead.Identity.Users;

/// <summary>Users and their tokens. Whether the caller may is for the transport to say; who it is comes with <see cref="Acting"/>.</summary>
public sealed class UserDesk(IUserCatalog users, TimeProvider time)
{
    private const int LongestDays = 3650;
    private volatile bool hasUsers;

    /// <summary>True once there was a user: from then on nobody is taken at their word.</summary>
    public async ValueTask<bool> HasUsersAsync(CancellationToken cancellationToken)
    {
        if (!hasUsers && await users.AnyAsync(cancellationToken).ConfigureAwait(false))
            hasUsers = true;
        return hasUsers;
    }

    /// <summary>Adds a user with a token. The first one must be an admin: with it everything needs a token.</summary>
    /// <exception cref="FairleadException">Invalid; Conflict.</exception>
    public async Task<IssuedToken> AddAsync(UserOrder order, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var user = new User
        {
            Name = IdentityNames.Require(order.Name, "user"),
            Grants = order.ToGrants(),
            Groups = order.ToGroups(),
            Emails = order.ToEmails(),
            CreatedAt = now,
            CreatedBy = Actor,
        };
        if (string.Equals(user.Name, Acting.ControlPlane, StringComparison.OrdinalIgnoreCase) || string.Equals(user.Name, Principal.Anonymous.Name, StringComparison.OrdinalIgnoreCase))
            throw FairleadException.Invalid($"'{user.Name}' is how the audit log names who is no user; choose another name.");
        await RefuseTakenAsync(user.Name, user.Emails, cancellationToken).ConfigureAwait(false);
        var isFirst = !await HasUsersAsync(cancellationToken).ConfigureAwait(false);
        if (isFirst && !user.IsAdmin)
            throw FairleadException.Invalid($"The first user must be an admin of the project, who can then add others; add '{user.Name}' with the role 'admin'.");
        var secret = SecretToken.Create();
        var token = TokenFor(user.Name, secret, order.ExpiresInDays, now);
        await users.AddAsync(user, token, isFirst, cancellationToken).ConfigureAwait(false);
        hasUsers = true;
        return new IssuedToken(user.Name, token.Id, secret.Text, token.ExpiresAt);
    }

    /// <exception cref="FairleadException">Invalid; NotFound; Conflict for the last admin, and for who is another user in a chat already.</exception>
    public async Task<User> ChangeAsync(string name, UserChange change, CancellationToken cancellationToken)
    {
        var order = new UserOrder { Name = name, Roles = change.Roles ?? [], Groups = change.Groups ?? [], Emails = change.Emails ?? [] };
        var (grants, groups, emails) = (order.ToGrants(), order.ToGroups(), order.ToEmails());
        var added = (change.AddRoles ?? []).Select(RoleGrant.Parse).ToList();
        var removed = (change.RemoveRoles ?? []).Select(RoleGrant.Parse).ToList();
        var links = (change.AddLinks ?? []).Select(ChatIdentity.Require).ToList();
        if (links.Count > 0 && (await users.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(
            other => other.RevokedAt is null && !string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase) && other.Links.Intersect(links, StringComparer.OrdinalIgnoreCase).Any()) is { } holder)
            throw FairleadException.Conflict($"'{links[0]}' is '{holder.Name}' already; take that away first: fairlead user link {holder.Name} --remove {links[0]}.");
        await RefuseTakenAsync(name, emails, cancellationToken).ConfigureAwait(false);
        return await users.UpdateAsync(
            name,
            user => user.RevokedAt is not null
                ? throw Revoked(user)
                : user with
                {
                    Grants = [.. (change.Roles is null ? user.Grants : grants).Union(added).Except(removed)],
                    Groups = change.Groups is null ? user.Groups : groups,
                    Emails = change.Emails is null ? user.Emails : emails,
                    Links = [.. user.Links.Union(links, StringComparer.OrdinalIgnoreCase).Except(change.RemoveLinks ?? [], StringComparer.OrdinalIgnoreCase)],
                },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a further token.</summary>
    /// <exception cref="FairleadException">Invalid; NotFound; Conflict for a user who was revoked.</exception>
    public async Task<IssuedToken> IssueAsync(string name, TokenOrder order, CancellationToken cancellationToken)
    {
        var user = await RequireAsync(name, cancellationToken).ConfigureAwait(false);
        if (user.RevokedAt is not null)
            throw Revoked(user);
        var secret = SecretToken.Create();
        var token = TokenFor(user.Name, secret, order.ExpiresInDays, time.GetUtcNow());
        await users.AddTokenAsync(token, cancellationToken).ConfigureAwait(false);
        return new IssuedToken(user.Name, token.Id, secret.Text, token.ExpiresAt);
    }

    /// <summary>Ends one token, or the user with all of them.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict for the last admin.</exception>
    public async Task<UserReport> RevokeAsync(string name, RevokeOrder order, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var user = await RequireAsync(name, cancellationToken).ConfigureAwait(false);
        if (order.Token is { } id && !(await users.ListTokensAsync(user.Name, cancellationToken).ConfigureAwait(false)).Any(token => token.Id == id))
            throw FairleadException.NotFound($"'{user.Name}' has no token '{AuditText.Clean(id, IdentityNames.Longest)}'; see 'fairlead user list'.");
        if (order.Token is null)
            user = await users.UpdateAsync(user.Name, known => known with { RevokedAt = known.RevokedAt ?? now }, cancellationToken).ConfigureAwait(false);
        await users.RevokeTokensAsync(user.Name, order.Token, now, cancellationToken).ConfigureAwait(false);
        return new UserReport(user, await users.ListTokensAsync(user.Name, cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<UserReport>> ListAsync(CancellationToken cancellationToken)
    {
        var tokens = (await users.ListTokensAsync(null, cancellationToken).ConfigureAwait(false)).ToLookup(token => token.User, StringComparer.OrdinalIgnoreCase);
        return [.. (await users.ListAsync(cancellationToken).ConfigureAwait(false)).Select(user => new UserReport(user, [.. tokens[user.Name]]))];
    }

    /// <summary>An address of two users would name neither.</summary>
    private async Task RefuseTakenAsync(string name, IReadOnlyList<string> emails, CancellationToken cancellationToken)
    {
        if (emails.Count == 0)
            return;
        foreach (var other in (await users.ListAsync(cancellationToken).ConfigureAwait(false)).Where(other => other.RevokedAt is null && !string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            if (emails.FirstOrDefault(email => other.Emails.Contains(email, StringComparer.OrdinalIgnoreCase)) is { } taken)
                throw FairleadException.Conflict($"'{taken}' is the address of '{other.Name}' already; take it away there first: fairlead user set {other.Name} --email ….");
        }
    }

    private static string Actor => Acting.Current?.Name ?? Acting.ControlPlane;

    private static FairleadException Revoked(User user) => FairleadException.Conflict($"The user '{user.Name}' was revoked; add another, as names are not given twice.");

    private static UserToken TokenFor(string user, SecretToken secret, int? days, DateTimeOffset now)
    {
        if (days is < 1 or > LongestDays)
            throw FairleadException.Invalid($"'{days}' days are no time for a token to last; expected 1 to {LongestDays}, or nothing for one that does not expire.");
        return new UserToken { Id = secret.Id, User = user, Hash = secret.Hash, CreatedAt = now, CreatedBy = Actor, ExpiresAt = days is { } count ? now.AddDays(count) : null };
    }

    private async Task<User> RequireAsync(string name, CancellationToken cancellationToken) =>
        await users.FindAsync(name, cancellationToken).ConfigureAwait(false)
        ?? throw FairleadException.NotFound($"There is no user '{AuditText.Clean(name, IdentityNames.Longest)}'; see 'fairlead user list'.");
}
