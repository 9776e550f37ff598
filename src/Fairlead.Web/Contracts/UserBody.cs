namespace Fairlead.Web.Contracts;

/// <summary>A command that needs nothing but who gives it.</summary>
public sealed record UserBody(string? User);
