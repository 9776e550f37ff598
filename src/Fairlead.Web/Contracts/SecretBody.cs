namespace Fairlead.Web.Contracts;

/// <summary>A value for a secret.</summary>
public sealed record SecretBody(string Value, string? User);
