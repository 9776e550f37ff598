using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Users;

/// <summary>A user with the tokens that were made for it, newest first.</summary>
public sealed record UserReport(User User, IReadOnlyList<UserToken> Tokens);
