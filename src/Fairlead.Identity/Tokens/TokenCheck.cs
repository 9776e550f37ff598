using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Users;
using Microsoft.Extensions.Logging;

namespace Fairlead.Identity.Tokens;

/// <summary>Finds out whose a token is. What is revoked or taken away holds from the next request on: nothing is remembered but which tokens were right once.</summary>
public sealed class TokenCheck(IUserCatalog users, PrincipalReader principals, IAuditLog audit, FailedAttempts attempts, TimeProvider time, ILogger<TokenCheck> logger)
{
    private const int MostRemembered = 100_000;
    private const string Cure = "ask an admin for one, or see 'fairlead login --help'";
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, long> touched = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> proven = new(StringComparer.Ordinal);

    /// <summary>Who sent it. A wrong token counts against the address; a right one that was right before is taken even while others from there are not listened to.</summary>
    public async Task<Proof> ProveAsync(string text, IPAddress? address, CancellationToken cancellationToken)
    {
        var token = SecretToken.TryParse(text, out var parsed) ? parsed : null;
        if (attempts.WaitOf(address) is { } wait && (token is null || !proven.ContainsKey(Convert.ToHexString(token.Hash))))
            return Proof.Later(wait);
        var proof = token is null ? Proof.None($"The token is none of Fairlead's, or was not copied whole; {Cure}.") : await FindAsync(token, cancellationToken).ConfigureAwait(false);
        if (proof.Principal is null)
            await CountAsync(address, cancellationToken).ConfigureAwait(false);
        return proof;
    }

    /// <summary>Who a token stands for now, as sessions ask: it was proven when the session began.</summary>
    /// <param name="id">The public part.</param>
    public async Task<Principal?> FindAsync(string id, CancellationToken cancellationToken) =>
        await users.FindTokenAsync(id, cancellationToken).ConfigureAwait(false) is { } known && known.IsValidAt(time.GetUtcNow())
        && await users.FindAsync(known.User, cancellationToken).ConfigureAwait(false) is { RevokedAt: null } user
            ? await principals.OfAsync(user, id, cancellationToken).ConfigureAwait(false)
            : null;

    private async Task<Proof> FindAsync(SecretToken token, CancellationToken cancellationToken)
    {
        var known = await users.FindTokenAsync(token.Id, cancellationToken).ConfigureAwait(false);
        // Compared in any case, so that the time taken does not tell whether there is a token of that id.
        if (!CryptographicOperations.FixedTimeEquals(token.Hash, known is null ? new byte[SHA256.HashSizeInBytes] : known.Hash.Span) || known is null)
            return Proof.None($"The token is not known here; {Cure}.");
        var user = await users.FindAsync(known.User, cancellationToken).ConfigureAwait(false);
        if (known.RevokedAt is not null || user is not { RevokedAt: null })
            return Proof.None($"The token '{known.Id}' was revoked; {Cure}.");
        if (!known.IsValidAt(time.GetUtcNow()))
            return Proof.None($"The token '{known.Id}' expired on {known.ExpiresAt:yyyy-MM-dd HH:mm}Z; {Cure}.");
        if (proven.Count < MostRemembered)
            proven.TryAdd(Convert.ToHexString(token.Hash), true);
        await TouchAsync(known.Id, cancellationToken).ConfigureAwait(false);
        return Proof.Of(await principals.OfAsync(user, known.Id, cancellationToken).ConfigureAwait(false));
    }

    private async Task CountAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        if (!attempts.Add(address))
            return;
        var from = address?.ToString() ?? "unknown";
        Log.Blocked(logger, from, FailedAttempts.Allowed);
        await audit.AppendAsync(
            new AuditDraft { Who = Principal.Anonymous.Name, Via = "api", What = "sign-in.blocked", Target = from, Phase = AuditPhase.Refused, Detail = $"{FailedAttempts.Allowed} wrong tokens within a minute" }, cancellationToken).ConfigureAwait(false);
    }

    private async Task TouchAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (touched.TryGetValue(id, out var last) && time.GetElapsedTime(last, now) < TouchInterval)
            return;
        touched[id] = now;
        try
        {
            await users.TouchTokenAsync(id, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.Exhausted or ProblemKind.Unavailable)
        {
            // A full disk must not lock out whoever could make room.
        }
    }
}
