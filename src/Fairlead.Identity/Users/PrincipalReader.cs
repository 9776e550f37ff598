using Fairlead.Domain.Identity;
using Fairlead.Domain.Records;
using Fairlead.Identity.Groups;

namespace Fairlead.Identity.Users;

/// <summary>Puts together what a user may do: by roles of its own and by those of its groups. Nothing is remembered, so that what is taken away holds at once.</summary>
public sealed class PrincipalReader(IUserCatalog users, IRecordCatalog records) : IPrincipalReader
{
    private readonly GroupCatalog groups = new(records);

    /// <inheritdoc />
    public async Task<Principal?> FindAsync(string user, CancellationToken cancellationToken) =>
        await users.FindAsync(user, cancellationToken).ConfigureAwait(false) is { RevokedAt: null } known ? await OfAsync(known, null, cancellationToken).ConfigureAwait(false) : null;

    /// <param name="tokenId">The public part of the token that proved who it is; null when something else did.</param>
    internal async Task<Principal> OfAsync(User user, string? tokenId, CancellationToken cancellationToken)
    {
        var grants = user.Grants.ToList();
        foreach (var name in user.Groups)
        {
            if (await groups.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } group)
                grants.AddRange(group.Grants.Except(grants));
        }

        return new Principal { Name = user.Name, Kind = PrincipalKind.User, Groups = user.Groups, Emails = user.Emails, Grants = grants, TokenId = tokenId };
    }
}
