namespace Fairlead.Steps.Events;

/// <summary>A step was left out, which is no failure.</summary>
public sealed record StepUnwanted(string Step, string Reason) : StepEvent;
