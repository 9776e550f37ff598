using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Fairlead.Notices.Robot;

/// <summary>What people asked for and still have to confirm.</summary>
internal sealed class Confirmations(TimeProvider time)
{
    private const int CodeLength = 4;
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<(string Channel, string Speaker), (string Code, string User, IReadOnlyList<string> Words, DateTimeOffset Until)> open = new();

    /// <summary>Remembers a command; what the same person asked for before is forgotten.</summary>
    /// <returns>The code that confirms it.</returns>
    public string Ask(ChatRequest request, string user, IReadOnlyList<string> words)
    {
        var now = time.GetUtcNow();
        foreach (var old in open.Where(entry => entry.Value.Until <= now).ToList())
            open.TryRemove(old);
        var code = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        open[(request.Channel, request.Speaker)] = (code, user, words, now + Limit);
        return code;
    }

    /// <summary>The command; null when the code is wrong or late. It is asked for once, right or wrong, so that nobody tries codes.</summary>
    public IReadOnlyList<string>? Take(ChatRequest request, string user, string code) =>
        open.TryRemove((request.Channel, request.Speaker), out var entry) && entry.Until > time.GetUtcNow() && entry.User == user && entry.Code == code ? entry.Words : null;
}
