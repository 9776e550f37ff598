namespace Fairlead.Web.Contracts;

/// <summary>What is asked of an execution as a whole.</summary>
/// <param name="Stage">For a restart: from which on.</param>
public sealed record ExecutionRequestBody(string? User = null, string? Reason = null, string? Stage = null);
