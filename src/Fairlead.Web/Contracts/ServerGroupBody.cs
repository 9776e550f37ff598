namespace Fairlead.Web.Contracts;

/// <summary>Asks for a change of one server group.</summary>
/// <param name="Weight">To enable it: its share of the traffic in hundredths of a percent; null means all.</param>
/// <param name="Instances">To resize it.</param>
public sealed record ServerGroupBody(int? Weight, int? Instances, string? User);
