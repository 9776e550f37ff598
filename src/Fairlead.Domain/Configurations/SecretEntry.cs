namespace Fairlead.Domain.Configurations;

/// <summary>A secret that Fairlead keeps, without its value.</summary>
/// <param name="Environment">The one that it is for; null for all that have none of that name of their own.</param>
/// <param name="Version">Rises with every value that any secret is given.</param>
public sealed record SecretEntry(string Name, string? Environment, int Version, DateTimeOffset SetAt, string SetBy);
