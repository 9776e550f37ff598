namespace Fairlead.Identity.Users;

/// <summary>A further token.</summary>
/// <param name="ExpiresInDays">After how many days it is not taken any more; null for never.</param>
public sealed record TokenOrder(int? ExpiresInDays);
