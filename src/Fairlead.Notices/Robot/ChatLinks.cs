using System.Collections.Concurrent;
using System.Security.Cryptography;
using Fairlead.Domain.Identity;

namespace Fairlead.Notices.Robot;

/// <summary>Who is who: identities that admins linked to users for good, and codes by which people show once who they are.</summary>
public sealed class ChatLinks(IUserCatalog users, IPrincipalReader principals, TimeProvider time)
{
    private const int CodeLength = 10;
    private const int MostCodes = 1000;
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private static readonly TimeSpan CodeLimit = TimeSpan.FromMinutes(10);

    /// <summary>How long a code stands for a person who stays connected.</summary>
    private static readonly TimeSpan SessionLimit = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, (string User, DateTimeOffset Until)> codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Channel, string Speaker), (string User, DateTimeOffset Until)> sessions = new();

    /// <summary>A code by which the user can say to the robot who it is, once and soon.</summary>
    public ChatCode CreateCode(string user)
    {
        var now = time.GetUtcNow();
        foreach (var old in codes.Where(code => code.Value.Until <= now || code.Value.User == user || codes.Count >= MostCodes).ToList())
            codes.TryRemove(old);
        var text = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        codes[text] = (user, now + CodeLimit);
        return new ChatCode(user, text, now + CodeLimit);
    }

    /// <summary>Who speaks, with what they may do now; null for somebody who is not known.</summary>
    internal async Task<Principal?> FindAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (request.Identity is { } identity)
        {
            var linked = (await users.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(user => user.RevokedAt is null && user.Links.Contains(identity, StringComparer.OrdinalIgnoreCase));
            if (linked is not null)
                return await principals.FindAsync(linked.Name, cancellationToken).ConfigureAwait(false);
        }

        return sessions.TryGetValue((request.Channel, request.Speaker), out var session) && session.Until > time.GetUtcNow()
            ? await principals.FindAsync(session.User, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Lets a code stand for who speaks, until that person leaves; null when it is none.</summary>
    internal string? Redeem(ChatRequest request, string code)
    {
        if (!codes.TryRemove(code, out var found) || found.Until <= time.GetUtcNow())
            return null;
        sessions[(request.Channel, request.Speaker)] = (found.User, time.GetUtcNow() + SessionLimit);
        return found.User;
    }

    /// <param name="nick">Who left or has another name; empty for everybody in the channel.</param>
    internal void Forget(string channel, string nick)
    {
        foreach (var session in sessions.Where(session => session.Key.Channel == channel && (nick.Length == 0 || session.Key.Speaker.StartsWith(nick + "!", StringComparison.OrdinalIgnoreCase))).ToList())
            sessions.TryRemove(session);
    }
}
