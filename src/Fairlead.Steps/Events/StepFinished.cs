using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Events;

/// <param name="Run">Its final record, whether it succeeded or not.</param>
public sealed record StepFinished(Run Run) : StepEvent;
