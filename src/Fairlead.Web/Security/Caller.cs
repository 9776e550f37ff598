using Fairlead.Domain.Identity;

namespace Fairlead.Web.Security;

/// <summary>Who sent a request and how, as far as its headers say.</summary>
/// <param name="Via">As the audit log names the way: <c>api</c>, <c>cli</c> or <c>page</c>.</param>
internal sealed record Caller(Principal Principal, string Via);
