namespace Fairlead.Load.Measuring;

/// <summary>How many of the successful answers a server group gave.</summary>
/// <param name="Name">As the answer names it; empty when it names none.</param>
/// <param name="Share">From 0 to 1.</param>
public sealed record ServerGroupShare(string Name, long Count, double Share);
