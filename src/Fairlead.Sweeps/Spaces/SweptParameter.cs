namespace Fairlead.Sweeps.Spaces;

/// <summary>A parameter of a step, and what it may be.</summary>
/// <param name="Label">As people name it: with its step unless that is the tried one.</param>
/// <param name="Step">Name of the step in the graph.</param>
internal sealed record SweptParameter(string Label, string Step, string Name, ParameterDomain Domain);
