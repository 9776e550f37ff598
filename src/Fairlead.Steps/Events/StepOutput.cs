namespace Fairlead.Steps.Events;

/// <summary>A line that the step's command wrote, to standard output or error; very long lines come in pieces.</summary>
public sealed record StepOutput(string Step, string Line) : StepEvent;
