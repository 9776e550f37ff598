namespace Fairlead.Web.Contracts;

/// <param name="Service">Null means every service of the environment.</param>
/// <param name="To">The server group to go back to; null means what was live before.</param>
public sealed record RollbackBody(string? Service, string? User, string? To = null);
