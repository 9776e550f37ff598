namespace Fairlead.Web.Contracts;

/// <param name="Service">Null means every service of the environment.</param>
public sealed record RollbackBody(string? Service, string? User);
