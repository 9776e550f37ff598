namespace Fairlead.Steps.Events;

/// <summary>It is known which steps there are.</summary>
/// <param name="Steps">How many will come to an end, one way or another.</param>
public sealed record GraphRead(int Steps) : StepEvent;
