namespace Fairlead.Web.Security;

/// <summary>Why a request goes no further.</summary>
/// <param name="Challenge">The scheme that would be taken, for <c>WWW-Authenticate</c>; null when proving who one is would not help.</param>
/// <param name="RetryAfter">When it may be tried again.</param>
internal sealed record Refusal(int Status, string Message, string? Challenge = null, TimeSpan? RetryAfter = null);
