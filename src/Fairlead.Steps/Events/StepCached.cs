using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Events;

/// <summary>A step needed no execution.</summary>
/// <param name="Run">The recorded run that is reused.</param>
public sealed record StepCached(Run Run, string Reason) : StepEvent;
