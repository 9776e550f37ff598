namespace Fairlead.Domain.Deployments;

/// <summary>Why a server group could not be made ready.</summary>
public sealed record ServerGroupFailure(ServerGroupName ServerGroup, string Message);
