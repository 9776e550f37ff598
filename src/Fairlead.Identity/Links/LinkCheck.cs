using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Users;

namespace Fairlead.Identity.Links;

/// <summary>Finds out who comes by a signed link: it ends with its time and with its user, and gives no more than that user may.</summary>
public sealed class LinkCheck(JudgmentLinks links, UserDesk users, IPrincipalReader principals)
{
    /// <exception cref="FairleadException">Unauthenticated: no such link, too old, or its user is no more.</exception>
    public async Task<LinkVisitor> ReadAsync(string? text, CancellationToken cancellationToken)
    {
        var link = links.Read(text);
        var principal = await users.HasUsersAsync(cancellationToken).ConfigureAwait(false)
            ? await principals.FindAsync(link.User, cancellationToken).ConfigureAwait(false)
            : new Principal { Name = link.User, Kind = PrincipalKind.Open };
        return principal is null
            ? throw new FairleadException(ProblemKind.Unauthenticated, $"The user '{link.User}', for whom this link was made, was revoked; ask an admin.")
            : new LinkVisitor(link, links.IdOf(link), principal);
    }

    /// <summary>Makes a link for somebody.</summary>
    /// <exception cref="FairleadException">NotFound: no such user, or one that was revoked.</exception>
    public async Task<Uri> MakeAsync(JudgmentLink link, CancellationToken cancellationToken)
    {
        if (await users.HasUsersAsync(cancellationToken).ConfigureAwait(false) && await principals.FindAsync(link.User, cancellationToken).ConfigureAwait(false) is null)
            throw FairleadException.NotFound($"There is no user '{AuditText.Clean(link.User, IdentityNames.Longest)}'; see 'fairlead user list'.");
        return links.LinkFor(link with { User = IdentityNames.Require(link.User, "user") });
    }
}
