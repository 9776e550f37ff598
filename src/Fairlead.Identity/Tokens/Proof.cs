using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Tokens;

/// <summary>What came of a token: somebody, or why nobody.</summary>
public sealed record Proof
{
    public Principal? Principal { get; private init; }

    /// <summary>One sentence for who sent it; nothing of the token is in it.</summary>
    public string? Reason { get; private init; }

    /// <summary>When set: too many wrong ones came from there, and it is not listened to for so long.</summary>
    public TimeSpan? Wait { get; private init; }

    public static Proof Of(Principal principal) => new() { Principal = principal };

    public static Proof None(string reason) => new() { Reason = reason };

    public static Proof Later(TimeSpan wait) =>
        new() { Wait = wait, Reason = $"Too many wrong tokens came from your address; wait {Math.Ceiling(wait.TotalSeconds):0} s, then send a valid one." };
}
