namespace Fairlead.Steps.Events;

/// <summary>Steps of a large graph that needed no execution, told together.</summary>
/// <param name="Cached">Since the last time it was told.</param>
/// <param name="Unwanted">Likewise.</param>
public sealed record StepsPassed(int Cached, int Unwanted) : StepEvent;
