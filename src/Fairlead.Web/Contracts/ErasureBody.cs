namespace Fairlead.Web.Contracts;

/// <summary>A unit to erase.</summary>
/// <param name="Environment">Null for all.</param>
public sealed record ErasureBody(string? Unit, string? Environment, string? Reason, string? User);
