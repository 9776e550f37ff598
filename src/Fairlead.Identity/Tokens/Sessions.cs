using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Identity.Tokens;

/// <summary>
/// Browsers that signed in. A session stands for a token by its id, so that it ends with it; it is kept in memory only, by the hash of its
/// secret, and ends with the control plane.
/// </summary>
public sealed class Sessions(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(12);
    private const int SecretBytes = 32;
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, (string TokenId, DateTimeOffset Ends)> open = new(StringComparer.Ordinal);

    /// <summary>Begins one; returns its secret, for the cookie.</summary>
    public string Begin(string tokenId)
    {
        if (open.Count >= Most)
            MakeRoom();
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        open[KeyOf(secret)] = (tokenId, time.GetUtcNow() + Length);
        return secret;
    }

    /// <summary>The id of the token that began it, or null when there is no such session, or none any more.</summary>
    public string? Find(string secret) =>
        open.TryGetValue(KeyOf(secret), out var session) && time.GetUtcNow() < session.Ends ? session.TokenId : null;

    public void End(string secret) => open.TryRemove(KeyOf(secret), out _);

    private static string KeyOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Drops what ended, or else the tenth that ends first.</summary>
    private void MakeRoom()
    {
        var now = time.GetUtcNow();
        var limit = open.Values.Select(session => session.Ends).Order().ElementAtOrDefault(Most / 10);
        foreach (var (key, session) in open)
        {
            if (session.Ends <= now || session.Ends <= limit)
                open.TryRemove(key, out _);
        }
    }
}
