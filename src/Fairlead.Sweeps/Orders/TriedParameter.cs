namespace Fairlead.Sweeps.Orders;

/// <summary>A parameter that a sweep sets.</summary>
/// <param name="Label">As the order names it.</param>
/// <param name="Step">As the project file names it.</param>
public sealed record TriedParameter(string Label, string Step, string Parameter);
