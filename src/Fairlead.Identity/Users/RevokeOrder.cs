namespace Fairlead.Identity.Users;

/// <summary>What is to be ended.</summary>
/// <param name="Token">The id of one token; null ends the user, with all tokens.</param>
public sealed record RevokeOrder(string? Token);
