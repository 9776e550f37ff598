namespace Fairlead.Identity.Users;

/// <summary>A token that was just made. This is the only time that it is shown.</summary>
public sealed record IssuedToken(string User, string Id, string Token, DateTimeOffset? ExpiresAt);
