namespace Fairlead.Web.Contracts;

/// <summary>Shares in hundredths of a percent, by server group; either may be absent.</summary>
/// <param name="Weights">Of the traffic, for groups of one service; groups that are not named get none.</param>
/// <param name="Mirrors">Of copies of the requests, for shadows; 0 ends one.</param>
public sealed record TrafficBody(IReadOnlyDictionary<string, int>? Weights, IReadOnlyDictionary<string, int>? Mirrors, string? User);
