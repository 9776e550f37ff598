namespace Fairlead.Web.Security;

/// <summary>How the control plane may be reached.</summary>
/// <param name="Token">When set, every call needs it as a bearer token; when null, only loopback is listened on.</param>
public sealed record WebOptions(string? Token);
