using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Contracts;

/// <summary>Asks for a deployment.</summary>
/// <param name="Release">Such as <c>v002</c>; null means the newest.</param>
/// <param name="Services">Names; empty means all of the release.</param>
/// <param name="Weight">Share of traffic for the new server groups in hundredths of a percent; null means all.</param>
/// <param name="Mirror">When given, the release gets that share of copies of the requests instead, as a shadow.</param>
/// <param name="Strategy">Null for the environment's own.</param>
/// <param name="Override">Why it is deployed though the environment is closed; null refuses that.</param>
/// <param name="Key">Asking again with the same key deploys nothing again; null makes one up.</param>
public sealed record DeployBody(string? Release, IReadOnlyList<string>? Services, int? Weight, int? Mirror, string? User, Strategy? Strategy = null, string? Key = null, string? Override = null);
