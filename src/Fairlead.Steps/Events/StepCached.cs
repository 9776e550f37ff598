using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Events;

/// <summary>A step needed no execution.</summary>
/// <param name="RunId">The recorded run that is reused.</param>
public sealed record StepCached(RunId RunId, string Step, string Reason) : StepEvent;
