namespace Fairlead.Web.Contracts;

/// <summary>Asks for a run to be executed again and compared.</summary>
/// <param name="Upstream">Also all that it needs.</param>
public sealed record RunVerifyBody(bool Upstream, string? User);
