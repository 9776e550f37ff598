namespace Fairlead.Web.Contracts;

/// <summary>A file of predictions, as a check of the store names it.</summary>
public sealed record FileBody(string? File, string? User);
